using Egida.HashBank.Partners;
using Egida.Match;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Lists;

public readonly record struct HashListId(Guid Value) : IId<HashListId>
{
    public static HashListId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashListId id) => Id.TryParse(text, out id);

    public string Subject => $"hash-list:{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>What a partner gets as a file, to look up on its own machines: which kinds of hashes, under whose law, which classes.</summary>
public sealed class HashList : Versioned
{
    public required HashListId Id { get; init; }

    public required HashPartnerId PartnerId { get; init; }

    /// <summary>As in its address: small letters, digits and hyphens. Each partner has a name once.</summary>
    public required string Name { get; init; }

    public required string Jurisdiction { get; init; }

    public required ListKinds Kinds { get; init; }

    /// <summary>The outcomes that are in it, with commas between; empty for all.</summary>
    public required string Classes { get; init; }

    public required StaffId OpenedBy { get; init; }

    public required DateTime OpenedAt { get; init; }

    public DateTime? ClosedAt { get; internal set; }

    /// <summary>The last version that was begun. A version that broke off leaves a gap; its number is never used again.</summary>
    public long LastNumber { get; internal set; }

    public bool Has(string @class) => Classes.Length == 0 || Classes.Split(',').Contains(@class, StringComparer.Ordinal);

    /// <summary>The name of the series in the files.</summary>
    public string Series(string origin) => $"{origin}/{Name}/{PartnerId}";

    /// <summary>For whom the files are, as they say it.</summary>
    public string Recipient => PartnerId.ToString();
}

/// <summary>One file that was made and may be fetched.</summary>
public sealed class HashListVersion
{
    public required HashListId ListId { get; init; }

    public required long Number { get; init; }

    /// <summary>Null for a full list. A delta has all that changed after that full list.</summary>
    public long? Since { get; init; }

    /// <summary>It has every change of the bank up to this one.</summary>
    public required long UpToChange { get; init; }

    public required DateTime MadeAt { get; init; }

    public required DateTime ValidUntil { get; init; }

    public required int Records { get; init; }

    public required int Withdrawn { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Of the whole file.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>The file is gone: there are newer ones.</summary>
    public DateTime? RemovedAt { get; internal set; }

    public bool IsFull => Since is null;
}

/// <summary>That a partner fetched a version.</summary>
public sealed class HashListDownload
{
    public required HashListId ListId { get; init; }

    public required long Number { get; init; }

    public required DateTime FirstAt { get; init; }

    public DateTime LastAt { get; internal set; }

    public int Requests { get; internal set; }

    public long Bytes { get; internal set; }

    /// <summary>When its last byte was asked for.</summary>
    public DateTime? WholeAt { get; internal set; }
}

internal sealed class HashListMap : IEntityTypeConfiguration<HashList>, IEntityTypeConfiguration<HashListVersion>, IEntityTypeConfiguration<HashListDownload>
{
    public void Configure(EntityTypeBuilder<HashList> builder)
    {
        builder.ToTable("hash_lists");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Name).HasMaxLength(40);
        builder.Property(l => l.Jurisdiction).HasMaxLength(20);
        builder.Property(l => l.Classes).HasMaxLength(400);
        builder.Property(l => l.Kinds).HasConversion<byte>();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.HasIndex(l => new { l.PartnerId, l.Name }).IsUnique();
        builder.HasOne<HashPartner>().WithMany().HasForeignKey(l => l.PartnerId);
    }

    public void Configure(EntityTypeBuilder<HashListVersion> builder)
    {
        builder.ToTable("hash_list_versions");
        builder.HasKey(v => new { v.ListId, v.Number });
        builder.HasOne<HashList>().WithMany().HasForeignKey(v => v.ListId);
    }

    public void Configure(EntityTypeBuilder<HashListDownload> builder)
    {
        builder.ToTable("hash_list_downloads");
        builder.HasKey(d => new { d.ListId, d.Number });
        builder.HasOne<HashListVersion>().WithMany().HasForeignKey(d => new { d.ListId, d.Number });
    }
}
