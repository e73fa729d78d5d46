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

    /// <summary>An address of a network above the internet (onion, I2P): it leads to no provider, whoever is asked.</summary>
    Untraceable,
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

    /// <summary>Why it is forbidden: a rule of the network guard, such as `loopback`. Or which network it is of: `onion`.</summary>
    public string? Rule { get; init; }

    /// <summary>What was asked: the item's host, or another one of it.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// Of another host than the item's: something that was captured lay there. What is done about the item rests on the item's host alone, so no query sees
    /// these rows but <see cref="Others"/>.
    /// </summary>
    public bool OfOtherHost { get; init; }

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

    /// <summary>Mailboxes that sources named besides <see cref="AbuseMail"/>, one a line; null when they agree.</summary>
    public string? OtherAbuseMails { get; init; }

    /// <summary>The name that was registered: the host's last labels.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>Through whom it was registered: the last one to be asked, after the provider and the site's owner.</summary>
    public string? Registrar { get; init; }

    public string? RegistrarMail { get; init; }

    /// <summary>A delivery network stands before the host.</summary>
    public string? DeliveryNetwork { get; init; }

    /// <summary>Where the host really is, as a delivery network told or a rule about the domain says: then <see cref="Address"/> and the network facts are about this.</summary>
    public string? Origin { get; init; }

    /// <summary>The item was elsewhere (or somewhere) before: that trace.</summary>
    public HostingTraceId? MovedFrom { get; internal set; }

    public List<TraceFact> Facts { get; init; } = [];

    /// <summary>The looks at an item's other hosts.</summary>
    public static IQueryable<HostingTrace> Others(EgidaDb db, ItemId item) =>
        db.Set<HostingTrace>().IgnoreQueryFilters().Where(t => t.ItemId == item && t.OfOtherHost);

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

    /// <summary>Through whom the name was registered.</summary>
    Registrar,

    /// <summary>The registrar's abuse desk: about the name, not about the network.</summary>
    RegistrarContact,

    /// <summary>Stands before the host (CDN).</summary>
    DeliveryNetwork,

    /// <summary>Where the host really is, as somebody wrote down.</summary>
    Origin,

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

    /// <summary>`dns`, `rdap HOST`, `abuse-c HOST`, `country-file`, `delivery-networks` (the country's file), `told NETWORK`, `domain-rule`.</summary>
    public required string Source { get; init; }

    public required DateTime At { get; init; }

    /// <summary>SHA-256 of the answer it was read from (kept as a <see cref="TraceAnswer"/>), or of the country file.</summary>
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
        builder.Property(t => t.OtherAbuseMails).HasMaxLength(2000);
        builder.Property(t => t.RegisteredName).HasMaxLength(255);
        builder.Property(t => t.Registrar).HasMaxLength(200);
        builder.Property(t => t.RegistrarMail).HasMaxLength(254);
        builder.Property(t => t.DeliveryNetwork).HasMaxLength(200);
        builder.Property(t => t.Origin).HasMaxLength(45);
        builder.Ignore(t => t.Place);
        builder.HasQueryFilter(t => !t.OfOtherHost);
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
