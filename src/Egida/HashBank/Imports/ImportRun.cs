using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Imports;

public readonly record struct ImportRunId(Guid Value) : IId<ImportRunId>
{
    public static ImportRunId From(Guid value) => new(value);

    public static bool TryParse(string? text, out ImportRunId id) => Platform.Database.Id.TryParse(text, out id);

    /// <summary>What the log files its acts under.</summary>
    public string Subject => $"hash-import:{Value}";

    public override string ToString() => Value.ToString();
}

public enum ImportState
{
    /// <summary>Under way, or killed: the same file goes on behind the last batch that was kept.</summary>
    Running,

    /// <summary>Stopped by who started it; goes on like one that was killed.</summary>
    Stopped,

    /// <summary>It would take back more than a source usually does: a person decides.</summary>
    Held,

    /// <summary>The file made no sense beyond the place that was reached.</summary>
    Broken,

    /// <summary>A person decided that it doesn't go on.</summary>
    Abandoned,
    Done,
}

/// <summary>A file, or what a live source sent at once, as it goes into the bank. What it reached commits together with each batch.</summary>
public sealed class ImportRun : Versioned
{
    public required ImportRunId Id { get; init; }

    public required short SourceId { get; init; }

    public required string Format { get; init; }

    /// <summary>The file's name without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 over the file's length and parts of it: by it an interrupted run is found again.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>In bytes; null where nobody knows before the end.</summary>
    public long? Length { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>The last time that something was kept.</summary>
    public required DateTime LastAt { get; set; }

    public ImportState State { get; internal set; } = ImportState.Running;

    /// <summary>Up to this row everything is kept.</summary>
    public long Place { get; internal set; }

    /// <summary>Of <see cref="Length"/>, about.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>So many bytes of the unpacked content were read for what is kept …</summary>
    public long MarkLength { get; internal set; }

    /// <summary>… and this is their SHA-256: only a file that begins with them goes on behind <see cref="Place"/>. Null where nothing is kept yet, and where the fingerprint is of the whole.</summary>
    public byte[]? MarkDigest { get; internal set; }

    public ImportCounts Counts { get; internal set; } = new();

    /// <summary>For how many records the source stood when the run began: the brake's measure.</summary>
    public required int StoodBefore { get; init; }

    /// <summary>Records that it made the source not stand for any more.</summary>
    public int Withdrawn { get; internal set; }

    /// <summary>Who let it go on although it takes back so much.</summary>
    public StaffId? ReleasedBy { get; private set; }

    /// <summary>How much of the report of refused rows is certain.</summary>
    public long ReportLength { get; internal set; }

    /// <summary>Where and why the file couldn't be read any further.</summary>
    public string? Problem { get; internal set; }

    /// <param name="by">Who lets it go on; null if it doesn't.</param>
    internal void Release(StaffId? by) => (ReleasedBy, State) = (by, by is null ? ImportState.Abandoned : State);

    /// <summary>The same run, as whoever is importing knows it. Who released it is known here better.</summary>
    internal void Reached(ImportRun by) =>
        (State, Place, BytesRead, MarkLength, MarkDigest, LastAt, Counts, Withdrawn, ReportLength, Problem) =
            (by.State, by.Place, by.BytesRead, by.MarkLength, by.MarkDigest, by.LastAt, by.Counts, by.Withdrawn, by.ReportLength, by.Problem);

    /// <summary>Everything up to these rows is kept.</summary>
    internal void Keep(long place, long bytesRead, ReadMark? mark)
    {
        (Place, BytesRead) = (place, bytesRead);
        if (mark is not null) (MarkLength, MarkDigest) = (mark.Length, mark.Digest);
    }

    public bool MayGoOn => State is ImportState.Running or ImportState.Stopped or ImportState.Broken || (State == ImportState.Held && ReleasedBy is not null);
}

internal sealed class ImportRunMap : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> builder)
    {
        builder.ToTable("hash_imports");
        builder.Property(r => r.Format).HasMaxLength(40);
        builder.Property(r => r.Name).HasMaxLength(200);
        builder.Property(r => r.Problem).HasMaxLength(1000);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.ComplexProperty(r => r.Counts);
        builder.HasOne<HashSource>().WithMany().HasForeignKey(r => r.SourceId);
        builder.HasIndex(r => new { r.Fingerprint, r.SourceId });
    }
}
