using System.Net;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing;

/// <summary>Keeps what a look found as a row with all its facts, and says if the item is elsewhere than the last time.</summary>
public static class RecordTrace
{
    /// <summary>Adds the row to the action; emits ItemMoved or ItemWentOffline when that is what happened.</summary>
    public static async Task<HostingTrace> Record(ActionContext action, Item item, TraceResult result, CancellationToken cancellation)
    {
        var before = await action.Db.Set<HostingTrace>()
            .Where(t => t.ItemId == item.Id && t.Outcome == TraceOutcome.Found)
            .OrderByDescending(t => t.At)
            .FirstOrDefaultAsync(cancellation);
        var row = Row(Id.New<HostingTraceId>(action.Clock), item, result, before, action.Now);
        action.Db.Add(row);
        if (row.MovedFrom is { } from)
        {
            action.Emit(new ItemMoved(item.Id, from, row.Id));
        }

        if (row.Outcome == TraceOutcome.NoAddress && before is not null)
        {
            action.Emit(new ItemWentOffline(item.Id, before.Id));
        }

        return row;
    }

    internal static HostingTrace Row(HostingTraceId id, Item item, TraceResult result, HostingTrace? before, DateTime now) => result switch
    {
        TraceResult.Found found => OfFound(id, item, found, before, now),
        TraceResult.Forbidden forbidden => new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Host = item.Host!,
            Outcome = TraceOutcome.Forbidden,
            Rule = forbidden.Rule,
            Dns = forbidden.Dns,
            Addresses = Lines(forbidden.Addresses),
            Facts = [.. AddressFacts(id, forbidden.Addresses, forbidden.DnsHash, forbidden.Dns, now)],
        },
        TraceResult.NoAddress none => new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Host = item.Host!,
            Outcome = TraceOutcome.NoAddress,
            Dns = none.Dns,
            Facts =
            [
                new TraceFact
                {
                    TraceId = id, Kind = FactKind.NoAnswer, Value = none.NameExists ? "dns-no-address" : "dns-no-such-name", Source = "dns", At = now,
                    AnswerHash = none.DnsHash, Confidence = Trust(none.Dns),
                },
            ],
        },
        _ => throw new InvalidOperationException("A look that failed is no trace: try again later."),
    };

    /// <summary>Same network, same place. Where no registry knows the network: same country, or at least one address in common.</summary>
    internal static bool Moved(HostingTrace before, HostingTrace now)
    {
        if (before.NetworkHandle is not null && now.NetworkHandle is not null)
        {
            return before.NetworkHandle != now.NetworkHandle || before.NetworkRange != now.NetworkRange;
        }

        var common = (before.Addresses ?? "").Split('\n').Intersect((now.Addresses ?? "").Split('\n')).Any();
        return !common && (before.Country is null || now.Country is null || before.Country != now.Country);
    }

    private static HostingTrace OfFound(HostingTraceId id, Item item, TraceResult.Found found, HostingTrace? before, DateTime now)
    {
        var country = HostingCountry.Decide(found.Networks);
        var main = found.Networks.FirstOrDefault(n => n.Handle is not null || n.RegistryCountry is not null || n.FileCountry is not null)
            ?? found.Networks.FirstOrDefault();
        var row = new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Outcome = TraceOutcome.Found,
            Host = item.Host!,
            Dns = found.Dns,
            CanonicalName = found.Aliases.Count > 0 ? Cut(found.Aliases[^1], 255) : null,
            Address = main?.Address.ToString(),
            Addresses = Lines(found.Addresses),
            Country = country.Code,
            CountryConfidence = country.Confidence,
            CountriesDiffer = country.Differs,
            NetworkHandle = main?.Handle,
            NetworkName = main?.Name,
            NetworkRange = main?.Range,
            Holder = main?.Holder,
            Asn = main?.Asn,
            AbuseMail = main?.AbuseMail,
            Facts =
            [
                .. AddressFacts(id, found.Addresses, found.DnsHash, found.Dns, now),
                .. found.Aliases.Select(a => Fact(id, FactKind.Alias, a, "dns", now, found.DnsHash, Trust(found.Dns))),
                .. found.Networks.SelectMany(n => NetworkFacts(id, n, now)),
            ],
        };
        row.MovedFrom = before is not null && Moved(before, row) ? before.Id : null;
        return row;
    }

    private static IEnumerable<TraceFact> NetworkFacts(HostingTraceId id, TracedNetwork network, DateTime now)
    {
        var registry = $"rdap {network.Source}";
        var country = HostingCountry.Decide(network.RegistryCountry, network.FileCountry).Confidence ?? Confidence.Medium;
        (FactKind Kind, string? Value, string Source, Confidence Confidence)[] told =
        [
            (FactKind.Network, network.Handle is null ? null : string.Join(" · ", new[] { network.Handle, network.Name, network.Range }.OfType<string>()), registry, Confidence.High),
            (FactKind.Holder, network.Holder, registry, Confidence.Medium),
            (FactKind.AutonomousSystem, network.Asn is { } asn ? $"AS{asn}" : null, registry, Confidence.Medium),
            (FactKind.AbuseContact, network.AbuseMail, registry, Confidence.Medium),
            (FactKind.Country, network.RegistryCountry, registry, country),
            (FactKind.Country, network.FileCountry, "country-file", country),
            (FactKind.NoAnswer, network.Problem, registry, Confidence.High),
        ];
        return told.Where(t => t.Value is not null)
            .Select(t => Fact(id, t.Kind, t.Value!, t.Source, now, t.Source == registry ? network.AnswerHash : null, t.Confidence));
    }

    private static IEnumerable<TraceFact> AddressFacts(HostingTraceId id, IReadOnlyList<IPAddress> addresses, byte[]? hash, DnsProof dns, DateTime now) =>
        addresses.Select(a => Fact(id, FactKind.Address, a.ToString(), dns == DnsProof.NotAsked ? "address" : "dns", now, hash, Trust(dns)));

    private static Confidence Trust(DnsProof dns) => dns switch
    {
        DnsProof.Secure or DnsProof.NotAsked => Confidence.High,
        DnsProof.Bogus => Confidence.Low,
        _ => Confidence.Medium,
    };

    private static TraceFact Fact(HostingTraceId id, FactKind kind, string value, string source, DateTime at, byte[]? hash, Confidence confidence) => new()
    {
        TraceId = id,
        Kind = kind,
        Value = Cut(value, 500),
        Source = Cut(source, 300),
        At = at,
        AnswerHash = hash,
        Confidence = confidence,
    };

    private static string Lines(IReadOnlyList<IPAddress> addresses) => string.Join('\n', addresses);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
