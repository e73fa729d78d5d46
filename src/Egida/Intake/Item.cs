using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Intake;

/// <summary>What the country's law says of what is there, once two readers agree. Null until then.</summary>
public enum ItemOutcome
{
    Illegal,
    NotIllegal,
    NothingThere,
}

/// <summary>Where the road ended. Null while it goes on.</summary>
public enum ItemClosure
{
    /// <summary>Three re-checks in a row found nothing.</summary>
    Removed,
    NotIllegal,
    NothingThere,
    HandedToSisterHotline,

    /// <summary>A person decided, with a reason.</summary>
    ByPerson,
}

/// <summary>Why a person must look before the road goes on. Null: the road goes on by itself.</summary>
public enum PersonNeeded
{
    /// <summary>What was typed isn't an address that can be fetched.</summary>
    AddressUnclear,

    /// <summary>Onion service, app, peer-to-peer: not fetched by this version.</summary>
    AddressKindUnsupported,

    /// <summary>The name leads to private or reserved address space; nothing was connected to.</summary>
    AddressForbidden,
    HostUnknown,
    CaptureFailed,

    /// <summary>A rule about the domain says that nothing of it is captured.</summary>
    NotToBeCaptured,
    NoRoute,

    /// <summary>Gone or empty when it was closed, and now reported again.</summary>
    ReportedAgain,

    /// <summary>The letter to the police was refused for good, or nobody knows whether it arrived: somebody must phone them. Holds even when the item is closed.</summary>
    PoliceNotTold,

    /// <summary>A sister hotline's exchange has the report, but not certainly with the right country: somebody must look there.</summary>
    HandOverUnclear,
}

/// <summary>One reported place, however many people report it. Every feature hangs its own rows on the <see cref="Id"/>.</summary>
public sealed class Item : Versioned
{
    public required ItemId Id { get; init; }

    /// <summary>SHA-256 over the normalised address (or, where there is none, the trimmed text): two spellings, one item.</summary>
    public required byte[] AddressKey { get; init; }

    /// <summary>The normalised address, or null when the text can't be normalised.</summary>
    public required ReportedAddress? Address { get; init; }

    /// <summary>As first typed: evidence, never corrected.</summary>
    public required ReportedAddress AsTyped { get; init; }

    /// <summary>Host in lower-case ASCII, or null.</summary>
    public string? Host { get; init; }

    public required DateTime OpenedAt { get; init; }

    public int ReportCount { get; set; }

    public DateTime LastReportedAt { get; set; }

    public Station LastStation { get; private set; } = Station.Filed;

    public PersonNeeded? PersonNeeded { get; set; }

    public ItemOutcome? Outcome { get; set; }

    public ItemClosure? Closure { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    /// <summary>Short and pronounceable: what people say to each other. Derived from the id, for display only.</summary>
    public string ShortName => ItemName.Of(Id);

    public void Close(ItemClosure closure, DateTime at)
    {
        Closure ??= closure;
        ClosedAt ??= at;
    }

    /// <summary>One more report. What was gone when it was closed may be back: the item opens again for a person, who decides; the road isn't walked twice.</summary>
    /// <returns>How it had been closed, if it opened again.</returns>
    internal ItemClosure? Joined(DateTime at)
    {
        ReportCount++;
        LastReportedAt = at;
        if (Closure is not (ItemClosure.Removed or ItemClosure.NothingThere))
        {
            return null;
        }

        var was = Closure;
        Closure = null;
        ClosedAt = null;
        PersonNeeded = Intake.PersonNeeded.ReportedAgain;
        return was;
    }

    internal void Reached(Station station)
    {
        if (station > LastStation)
        {
            LastStation = station;
        }
    }
}

/// <summary>One stop on an item's road: who and when. A station is reached once; the first time counts.</summary>
public sealed class RoadStop
{
    public required ItemId ItemId { get; init; }

    public required Station Station { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The actor's name as in the audit log.</summary>
    public required string By { get; init; }
}

public static class Road
{
    /// <summary>Notes that the item reached a station in this action. The second time changes nothing.</summary>
    public static async Task Reach(this ActionContext action, Item item, Station station, CancellationToken cancellation)
    {
        var known = action.Db.Set<RoadStop>().Local.Any(s => s.ItemId == item.Id && s.Station == station)
            || await action.Db.Set<RoadStop>().AnyAsync(s => s.ItemId == item.Id && s.Station == station, cancellation);
        if (!known)
        {
            action.Db.Add(new RoadStop { ItemId = item.Id, Station = station, At = action.Now, By = action.Actor.Name });
            item.Reached(station);
        }
    }
}

internal sealed class ItemMap : IEntityTypeConfiguration<Item>, IEntityTypeConfiguration<RoadStop>
{
    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.ToTable("items");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Property(i => i.Address).HasConversion(a => a!.Value.Text, t => new ReportedAddress(t));
        builder.Property(i => i.AsTyped).HasConversion(a => a.Text, t => new ReportedAddress(t));
        builder.Property(i => i.Host).HasMaxLength(255);
        builder.Ignore(i => i.ShortName);
        builder.HasIndex(i => i.AddressKey).IsUnique();
        builder.HasIndex(i => new { i.ClosedAt, i.LastStation });
        builder.HasIndex(i => i.Host);
    }

    public void Configure(EntityTypeBuilder<RoadStop> builder)
    {
        builder.ToTable("road_stops");
        builder.HasKey(s => new { s.ItemId, s.Station });
        builder.HasOne<Item>().WithMany().HasForeignKey(s => s.ItemId);
        builder.Property(s => s.By).HasMaxLength(80);
        builder.HasIndex(s => new { s.Station, s.At });
    }
}
