using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Lists;

/// <summary>A made-up entry of one list. Its hashes come of a secret and aren't kept (docs/decisions/0096).</summary>
public sealed class HashListCanary
{
    /// <summary>A record's number that no record gets.</summary>
    public required HashRecordId Number { get; init; }

    public required HashListId ListId { get; init; }

    /// <summary>The class that most real entries had when it first went out; from then on it stays.</summary>
    public string? Class { get; internal set; }
}

public readonly record struct CanarySightingId(Guid Value) : IId<CanarySightingId>
{
    public static CanarySightingId From(Guid value) => new(value);

    public static bool TryParse(string? text, out CanarySightingId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Somebody asked for an entry that was made up for somebody else: that list leaked. A person has to find out how.</summary>
public sealed class CanarySighting : Versioned
{
    public required CanarySightingId Id { get; init; }

    /// <summary>The list that it was made up for.</summary>
    public required HashListId ListId { get; init; }

    public required HashPartnerId AskedBy { get; init; }

    public required DateTime FirstAt { get; init; }

    public DateTime LastAt { get; internal set; }

    public int Times { get; internal set; }

    public DateTime? SettledAt { get; internal set; }

    public StaffId? SettledBy { get; internal set; }
}

internal sealed class HashListCanaryMap : IEntityTypeConfiguration<HashListCanary>, IEntityTypeConfiguration<CanarySighting>
{
    public void Configure(EntityTypeBuilder<HashListCanary> builder)
    {
        builder.ToTable("hash_list_canaries");
        builder.HasKey(c => c.Number);
        builder.Property(c => c.Number).ValueGeneratedNever();
        builder.Property(c => c.Class).HasMaxLength(32);
        builder.HasOne<HashList>().WithMany().HasForeignKey(c => c.ListId);
    }

    public void Configure(EntityTypeBuilder<CanarySighting> builder)
    {
        builder.ToTable("hash_canary_sightings");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasOne<HashList>().WithMany().HasForeignKey(s => s.ListId);
        builder.HasOne<HashPartner>().WithMany().HasForeignKey(s => s.AskedBy);
    }
}
