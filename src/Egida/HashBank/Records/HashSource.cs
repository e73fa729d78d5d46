using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

public enum Trust : byte
{
    /// <summary>Kept and shown, counts for nothing.</summary>
    Notes,

    /// <summary>Counts as one voice beside a person here. Two such sources don't confirm each other: lists are copied.</summary>
    Proposes,

    /// <summary>What it says is used without a person here.</summary>
    Confirms,
}

/// <summary>Who contributes: this hotline, a police laboratory, a hash-sharing service, a set of files.</summary>
public sealed class HashSource
{
    /// <summary>This hotline: its voices are its people, each one for themselves.</summary>
    public const short House = 1;

    public required short Id { get; init; }

    /// <summary>Short and stable, as answers name it: <c>house</c>, <c>icse</c>.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required Trust Trust { get; set; }

    /// <summary>After its trust changed: up to which record what holds was decided anew. Null where nothing is left to do.</summary>
    public int? TrustAppliedTo { get; internal set; }

    /// <summary>For how many records it stands now. An import that takes back too large a share of them is stopped.</summary>
    public int Standing { get; internal set; }
}

internal sealed class HashSourceMap : IEntityTypeConfiguration<HashSource>
{
    public void Configure(EntityTypeBuilder<HashSource> builder)
    {
        builder.ToTable("hash_sources");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Code).HasMaxLength(40);
        builder.Property(s => s.Name).HasMaxLength(120);
        builder.Property(s => s.Trust).HasConversion<byte>();
        builder.HasIndex(s => s.Code).IsUnique();
        builder.HasData(new HashSource { Id = HashSource.House, Code = "house", Name = "Egida", Trust = Trust.Proposes });
    }
}
