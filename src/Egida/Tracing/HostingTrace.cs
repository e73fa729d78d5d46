using Egida.Intake;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Tracing;

public readonly record struct HostingTraceId(Guid Value) : IId<HostingTraceId>
{
    public static HostingTraceId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HostingTraceId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum TraceOutcome
{
    Found,

    /// <summary>Leads to private or reserved address space.</summary>
    Forbidden,

    /// <summary>The name doesn't exist, or has no address.</summary>
    NoAddress,
}

/// <summary>How far a fact can be trusted.</summary>
public enum Confidence
{
    /// <summary>One source, and another says otherwise.</summary>
    Low,

    /// <summary>One source.</summary>
    Medium,

    /// <summary>Two sources agree, or the source is the one that decides.</summary>
    High,
}

/// <summary>Where an item was hosted at one moment. Never changed: the next look writes the next row.</summary>
public sealed class HostingTrace
{
    public required HostingTraceId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required DateTime At { get; init; }

    public required TraceOutcome Outcome { get; init; }

    /// <summary>Why it is forbidden: a rule of the network guard, such as `loopback`.</summary>
    public string? Rule { get; init; }

    /// <summary>What was asked: the item's host.</summary>
    public required string Host { get; init; }

    /// <summary>Where the name's aliases end, if it has any.</summary>
    public string? CanonicalName { get; init; }

    /// <summary>The address that the network facts are about.</summary>
    public string? Address { get; init; }

    /// <summary>All addresses, one a line.</summary>
    public string? Addresses { get; init; }

    public DnsProof Dns { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    public Confidence? CountryConfidence { get; init; }

    /// <summary>The sources name different countries: the facts say which.</summary>
    public bool CountriesDiffer { get; init; }

    public string? NetworkHandle { get; init; }

    public string? NetworkName { get; init; }

    public string? NetworkRange { get; init; }

    public long? Asn { get; init; }

    /// <summary>Who holds the network.</summary>
    public string? Holder { get; init; }

    /// <summary>The registry's contact for abuse: not approved by anybody here.</summary>
    public string? AbuseMail { get; init; }

    /// <summary>The item was elsewhere (or somewhere) before: that trace.</summary>
    public HostingTraceId? MovedFrom { get; internal set; }

    public List<TraceFact> Facts { get; init; } = [];

    /// <summary>A short word for the place, for «moved from A to B».</summary>
    public string Place => (NetworkName ?? NetworkHandle ?? Holder ?? Address, Country) switch
    {
        (null, null) => "—",
        (null, { } country) => country,
        ({ } name, null) => name,
        ({ } name, { } country) => $"{name} ({country})",
    };
}

/// <summary>What the name system's signatures proved.</summary>
public enum DnsProof
{
    NotAsked,
    NotChecked,
    Secure,
    Insecure,
    Bogus,
}

public enum FactKind
{
    Address,
    Alias,
    Country,
    Network,
    Holder,
    AbuseContact,
    AutonomousSystem,

    /// <summary>A source that gave no answer: which, and why.</summary>
    NoAnswer,
}

/// <summary>One thing that one source said at one moment.</summary>
public sealed class TraceFact
{
    public long Id { get; private set; }

    public required HostingTraceId TraceId { get; init; }

    public required FactKind Kind { get; init; }

    public required string Value { get; init; }

    /// <summary>`dns`, `rdap HOST`, `country-file`.</summary>
    public required string Source { get; init; }

    public required DateTime At { get; init; }

    /// <summary>SHA-256 of the answer it was read from.</summary>
    public byte[]? AnswerHash { get; init; }

    public required Confidence Confidence { get; init; }
}

internal sealed class HostingTraceMap : IEntityTypeConfiguration<HostingTrace>, IEntityTypeConfiguration<TraceFact>
{
    public void Configure(EntityTypeBuilder<HostingTrace> builder)
    {
        builder.ToTable("hosting_traces");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Rule).HasMaxLength(60);
        builder.Property(t => t.Host).HasMaxLength(255);
        builder.Property(t => t.CanonicalName).HasMaxLength(255);
        builder.Property(t => t.Address).HasMaxLength(45);
        builder.Property(t => t.Country).HasMaxLength(2);
        builder.Property(t => t.NetworkHandle).HasMaxLength(200);
        builder.Property(t => t.NetworkName).HasMaxLength(200);
        builder.Property(t => t.NetworkRange).HasMaxLength(100);
        builder.Property(t => t.Holder).HasMaxLength(200);
        builder.Property(t => t.AbuseMail).HasMaxLength(254);
        builder.Ignore(t => t.Place);
        builder.HasOne<Item>().WithMany().HasForeignKey(t => t.ItemId);
        builder.HasMany(t => t.Facts).WithOne().HasForeignKey(f => f.TraceId);
        builder.HasIndex(t => new { t.ItemId, t.At });
        builder.HasIndex(t => t.At);
    }

    public void Configure(EntityTypeBuilder<TraceFact> builder)
    {
        builder.ToTable("trace_facts");
        builder.Property(f => f.Value).HasMaxLength(500);
        builder.Property(f => f.Source).HasMaxLength(300);
    }
}
