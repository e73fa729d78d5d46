using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Tracing;

/// <summary>What a source answered, byte for byte.</summary>
/// <param name="Source">`dns`, `rdap HOST`, `abuse-c HOST`.</param>
public sealed record RawAnswer(string Source, byte[] Bytes)
{
    public byte[] Hash { get; } = SHA256.HashData(Bytes);
}

/// <summary>An answer as it is kept beside the trace that rests on it: whoever doubts a fact reads what it was read from.</summary>
public sealed class TraceAnswer
{
    public required HostingTraceId TraceId { get; init; }

    /// <summary>SHA-256 of the answer: what the facts name.</summary>
    public required byte[] Hash { get; init; }

    public required string Source { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Bytes of the answer.</summary>
    public required int Size { get; init; }

    /// <summary>The answer in gzip: registries' answers are mostly names of members.</summary>
    public required byte[] Packed { get; init; }

    public static TraceAnswer Of(HostingTraceId trace, RawAnswer answer, DateTime at)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(answer.Bytes);
        }

        return new TraceAnswer { TraceId = trace, Hash = answer.Hash, Source = answer.Source, At = at, Size = answer.Bytes.Length, Packed = packed.ToArray() };
    }

    public byte[] Unpack()
    {
        var bytes = new byte[Size];
        using var gzip = new GZipStream(new MemoryStream(Packed), CompressionMode.Decompress);
        gzip.ReadExactly(bytes);
        return bytes;
    }
}

internal sealed class TraceAnswerMap : IEntityTypeConfiguration<TraceAnswer>
{
    public void Configure(EntityTypeBuilder<TraceAnswer> builder)
    {
        builder.ToTable("trace_answers");
        builder.HasKey(a => new { a.TraceId, a.Hash });
        builder.Property(a => a.Hash).HasMaxLength(32);
        builder.Property(a => a.Source).HasMaxLength(300);
        builder.HasOne<HostingTrace>().WithMany().HasForeignKey(a => a.TraceId);
    }
}
