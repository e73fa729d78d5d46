using System.Security.Cryptography;
using System.Text;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Partners;

public readonly record struct HashPartnerId(Guid Value) : IId<HashPartnerId>
{
    public static HashPartnerId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashPartnerId id) => Id.TryParse(text, out id);

    public string Subject => $"hash-partner:{Value}";

    public override string ToString() => Value.ToString();
}

[Flags]
public enum PartnerKinds : byte
{
    None = 0,
    Md5 = 1,
    Sha1 = 2,
    Sha256 = 4,
    Pdq = 8,
    PhotoDna = 16,

    /// <summary>Frames of a video, as one question.</summary>
    Video = 32,
}

/// <summary>What an answer tells a partner besides the record, its kind, distance, trust and the outcome in their jurisdiction.</summary>
[Flags]
public enum PartnerKnowledge : byte
{
    None = 0,
    Labels = 1,

    /// <summary>Which sources stand for it.</summary>
    Sources = 2,

    /// <summary>Victim identified, distributed, series: for police.</summary>
    Flags = 4,

    /// <summary>It may look digests up privately, by their range: whoever asks for every range has the list.</summary>
    Ranges = 8,
}

/// <summary>Who may look hashes up: a provider, a laboratory, another hotline. Its key is known only to it.</summary>
public sealed class HashPartner : Versioned
{
    public required HashPartnerId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the key; 256 random bits need no salt.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>Whose law answers are classified by, as in <see cref="Classification.Outcomes"/>.</summary>
    public required string Jurisdiction { get; init; }

    public required PartnerKinds Kinds { get; init; }

    public required PartnerKnowledge MayKnow { get; init; }

    /// <summary>Of PDQ.</summary>
    public required int LargestRadius { get; init; }

    /// <summary>Hashes a minute.</summary>
    public required int PerMinute { get; init; }

    /// <summary>What it may ask for, in short words with commas between: <c>upload-check,seized-disk</c>.</summary>
    public required string Purposes { get; init; }

    public required StaffId AdmittedBy { get; init; }

    public required DateTime AdmittedAt { get; init; }

    public DateTime? EndedAt { get; internal set; }

    /// <summary>Since when it may not look up privately, because it asked for too many ranges.</summary>
    public DateTime? RangesStoppedAt { get; internal set; }

    public bool MayAskFor(string? purpose) => purpose is not null && Purposes.Split(',').Contains(purpose, StringComparer.Ordinal);

    internal bool MayAsk(HashKind kind) => Kinds.HasFlag(kind switch
    {
        HashKind.Md5 => PartnerKinds.Md5,
        HashKind.Sha1 => PartnerKinds.Sha1,
        HashKind.Sha256 => PartnerKinds.Sha256,
        HashKind.Pdq => PartnerKinds.Pdq,
        HashKind.PhotoDna => PartnerKinds.PhotoDna,
        HashKind.Frame => PartnerKinds.Video,
        _ => (PartnerKinds)128,
    });

    internal static string NewKey() => $"egida-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    internal static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>How much a partner asked, an hour and a purpose. What it asked is kept nowhere.</summary>
public sealed class QueryCount
{
    public required HashPartnerId PartnerId { get; init; }

    public required DateTime Hour { get; init; }

    public required string Purpose { get; init; }

    public long Asked { get; internal set; }

    public long Refused { get; internal set; }

    public long Known { get; internal set; }
}

/// <summary>That a partner was told of a record: when it turns out to be wrong, they must learn it.</summary>
public sealed class RecordTold
{
    public required HashRecordId RecordId { get; init; }

    public required HashPartnerId PartnerId { get; init; }

    public required DateTime FirstAt { get; init; }

    /// <summary>
    /// The last statement that the first answer knew of. What was said behind it is news to the partner, whatever any clock says. Null: told before this was noted.
    /// </summary>
    public int? FirstStatement { get; internal set; }

    /// <summary>The bank's last change that the first answer knew of: merges above it are news to the partner. Null: told before this was noted.</summary>
    public long? FirstChange { get; internal set; }

    public DateTime LastAt { get; internal set; }

    /// <summary>The highest change that any of the answers knew of; null as <see cref="FirstChange"/>.</summary>
    public long? LastChange { get; internal set; }

    public int Times { get; internal set; }
}

internal sealed class HashPartnerMap : IEntityTypeConfiguration<HashPartner>, IEntityTypeConfiguration<QueryCount>, IEntityTypeConfiguration<RecordTold>
{
    public void Configure(EntityTypeBuilder<HashPartner> builder)
    {
        builder.ToTable("hash_partners");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Name).HasMaxLength(120);
        builder.Property(p => p.Jurisdiction).HasMaxLength(20);
        builder.Property(p => p.Purposes).HasMaxLength(200);
        builder.Property(p => p.Kinds).HasConversion<byte>();
        builder.Property(p => p.MayKnow).HasConversion<byte>();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasIndex(p => p.KeyHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<QueryCount> builder)
    {
        builder.ToTable("hash_query_counts");
        builder.HasKey(c => new { c.PartnerId, c.Hour, c.Purpose });
        builder.Property(c => c.Purpose).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<RecordTold> builder)
    {
        builder.ToTable("hash_records_told");
        builder.HasKey(t => new { t.RecordId, t.PartnerId });
        builder.HasIndex(t => t.PartnerId);
    }
}
