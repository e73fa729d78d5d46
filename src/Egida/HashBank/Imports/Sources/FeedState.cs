using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Imports.Sources;

/// <summary>How far a live source is followed. Moves only when a whole range is in the bank.</summary>
public sealed class FeedState : Versioned
{
    /// <summary>As it is called in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>Where the next range begins, in the source's own words; null if none was had.</summary>
    public string? Checkpoint { get; set; }

    /// <summary>When the last range was asked for that is in the bank.</summary>
    public DateTime? HadAt { get; set; }

    /// <summary>A range that was downloaded as a whole and isn't in the bank yet: the file's name in the spool folder.</summary>
    public string? Spool { get; set; }

    public string? SpoolCheckpoint { get; set; }

    public DateTime? SpoolAt { get; set; }

    public bool SpoolMore { get; set; }
}

/// <summary>What a source was told about an entry of its own: once.</summary>
public sealed class SentFeedback
{
    public required string Feed { get; init; }

    public required string Key { get; init; }

    /// <summary>Which of the entry's hashes: <c>MD5</c>, <c>PDQ</c> …</summary>
    public required string Kind { get; init; }

    public required DateTime At { get; init; }
}

internal sealed class FeedStateMap : IEntityTypeConfiguration<FeedState>, IEntityTypeConfiguration<SentFeedback>
{
    public void Configure(EntityTypeBuilder<FeedState> builder)
    {
        builder.ToTable("hash_feeds");
        builder.HasKey(f => f.Name);
        builder.Property(f => f.Name).HasMaxLength(40);
        builder.Property(f => f.Checkpoint).HasMaxLength(200);
        builder.Property(f => f.Spool).HasMaxLength(120);
        builder.Property(f => f.SpoolCheckpoint).HasMaxLength(200);
        builder.Property(f => f.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SentFeedback> builder)
    {
        builder.ToTable("sent_hash_feedback");
        builder.HasKey(f => new { f.Feed, f.Key, f.Kind });
        builder.Property(f => f.Feed).HasMaxLength(40);
        builder.Property(f => f.Key).HasMaxLength(200);
        builder.Property(f => f.Kind).HasMaxLength(40);
    }
}
