using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Sampling;

public readonly record struct HashSampleId(Guid Value) : IId<HashSampleId>
{
    public static HashSampleId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashSampleId id) => Id.TryParse(text, out id);

    public string Subject => $"hash-sample:{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>
/// One draw: of the records that changed between two numbers of the change sequence, or whose material came, those that the seed says. Each draw begins where the last one ended, so nothing is
/// drawn from twice and nothing is left out (docs/decisions/0142). Draws between which nothing in the bank changed have the same numbers (docs/decisions/0148).
/// </summary>
public sealed class HashSample
{
    public required HashSampleId Id { get; init; }

    /// <summary>As people say it: `EG-S-2026-000001`. Taken in the turn, so that draws follow each other by it.</summary>
    public required string Number { get; init; }

    public required DateTime DrawnAt { get; init; }

    public required StaffId DrawnBy { get; init; }

    /// <summary>32 bytes of the machine's own random numbers, made within the draw. Whoever knows them and the records draws the same again.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>Records whose last change is above this number …</summary>
    public required long AfterChange { get; init; }

    /// <summary>… and not above this one.</summary>
    public required long UpToChange { get; init; }

    /// <summary>The rate and its bounds, as the country's <c>sampling.json</c> said it then.</summary>
    public required int PerMille { get; init; }

    public required int LeastPerGroup { get; init; }

    public required int MostTogether { get; init; }
}

/// <summary>Records that the same source, or the same person here, put in: sampled each by itself, because each may err in its own way.</summary>
public sealed class SampleGroup
{
    public required HashSampleId SampleId { get; init; }

    /// <summary>1, 2, 3 … by source and person.</summary>
    public required int Number { get; init; }

    public required short SourceId { get; init; }

    /// <summary>Of this hotline's own records: who assessed first.</summary>
    public StaffId? Assessor { get; init; }

    /// <summary>How many records it has of which there is sealed material here.</summary>
    public required int Population { get; init; }

    public required int Size { get; init; }
}

/// <summary>A record that was drawn, and the case in which somebody assesses it anew. No record is drawn twice.</summary>
public sealed class SampledRecord
{
    public required HashRecordId RecordId { get; init; }

    public required HashSampleId SampleId { get; init; }

    public required int Group { get; init; }

    public required HashDisputeId CaseId { get; init; }
}

internal sealed class HashSampleMap : IEntityTypeConfiguration<HashSample>, IEntityTypeConfiguration<SampleGroup>, IEntityTypeConfiguration<SampledRecord>
{
    public void Configure(EntityTypeBuilder<HashSample> builder)
    {
        builder.ToTable("hash_samples");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Number).HasMaxLength(20);
        builder.HasIndex(s => s.Number).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SampleGroup> builder)
    {
        builder.ToTable("hash_sample_groups");
        builder.HasKey(g => new { g.SampleId, g.Number });
        builder.HasOne<HashSample>().WithMany().HasForeignKey(g => g.SampleId);
        builder.HasOne<HashSource>().WithMany().HasForeignKey(g => g.SourceId);
    }

    public void Configure(EntityTypeBuilder<SampledRecord> builder)
    {
        builder.ToTable("hash_sampled_records");
        builder.HasKey(r => r.RecordId);
        builder.Property(r => r.RecordId).ValueGeneratedNever();
        builder.HasOne<SampleGroup>().WithMany().HasForeignKey(r => new { r.SampleId, r.Group });
        builder.HasOne<DisputeCase>().WithMany().HasForeignKey(r => r.CaseId);
        builder.HasIndex(r => r.CaseId).IsUnique();
    }
}
