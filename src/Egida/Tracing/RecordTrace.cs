using System.Net;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Tracing.Origins;
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
        Keep(action, row, result);
        if (row.MovedFrom is { } from)
        {
            action.Emit(new ItemMoved(item.Id, from, row.Id));
        }

        if (row.Outcome == TraceOutcome.NoAddress && before is not null)
        {
            action.Emit(new ItemWentOffline(item.Id, before.Id));
        }

        if (row is { DeliveryNetwork: { } network, Origin: null })
        {
            await AskForOrigin(action, row, network, cancellation);
        }

        return row;
    }

    /// <summary>Adds a look at a host that something of the item was captured from. It says nothing of where the item is.</summary>
    public static async Task RecordOther(ActionContext action, Item item, string host, TraceResult result, CancellationToken cancellation)
    {
        var row = Row(Id.New<HostingTraceId>(action.Clock), item, result, null, action.Now, host);
        Keep(action, row, result);
        if (row is { DeliveryNetwork: { } network, Origin: null })
        {
            await AskForOrigin(action, row, network, cancellation);
        }
    }

    private static void Keep(ActionContext action, HostingTrace row, TraceResult result)
    {
        action.Db.Add(row);
        action.Db.AddRange(result.Answers.DistinctBy(a => Convert.ToHexString(a.Hash)).Select(a => TraceAnswer.Of(row.Id, a, action.Now)));
    }

    /// <summary>Once for a host and the network before it. Whoever asks at the same moment makes this action fail, and it is tried again.</summary>
    private static async Task AskForOrigin(ActionContext action, HostingTrace row, string network, CancellationToken cancellation)
    {
        var asked = action.Db.Set<OriginQuestion>().Local.Any(q => q.Host == row.Host && q.Network == network);
        if (!asked && !await action.Db.Set<OriginQuestion>().AnyAsync(q => q.Host == row.Host && q.Network == network, cancellation))
        {
            var question = new OriginQuestion { Id = Id.New<OriginQuestionId>(action.Clock), Host = row.Host, Network = network, OpenedAt = action.Now };
            action.Db.Add(question);
            action.Emit(new OriginWanted(question.Id, row.ItemId));
        }
    }

    /// <param name="other">The host that was asked about, if it isn't the item's own.</param>
    internal static HostingTrace Row(HostingTraceId id, Item item, TraceResult result, HostingTrace? before, DateTime now, string? other = null) => result switch
    {
        TraceResult.Found found => OfFound(id, item, found, before, now, other),
        TraceResult.Forbidden forbidden => new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Host = other ?? item.Host!,
            OfOtherHost = other is not null,
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
            Host = other ?? item.Host!,
            OfOtherHost = other is not null,
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
        TraceResult.Untraceable overlay => new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Host = other ?? item.Host!,
            OfOtherHost = other is not null,
            Outcome = TraceOutcome.Untraceable,
            Rule = overlay.Network,
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

    private static HostingTrace OfFound(HostingTraceId id, Item item, TraceResult.Found found, HostingTrace? before, DateTime now, string? other)
    {
        var country = HostingCountry.Decide(found.Networks);
        var main = found.Networks.FirstOrDefault(n => n.Handle is not null || n.RegistryCountry is not null || n.FileCountry is not null)
            ?? found.Networks.FirstOrDefault();
        var mails = main?.Mails ?? [];
        var row = new HostingTrace
        {
            Id = id,
            ItemId = item.Id,
            At = now,
            Outcome = TraceOutcome.Found,
            Host = other ?? item.Host!,
            OfOtherHost = other is not null,
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
            AbuseMail = mails.FirstOrDefault(),
            OtherAbuseMails = mails.Count > 1 ? Cut(string.Join('\n', mails.Skip(1)), 2000) : null,
            RegisteredName = found.Name?.Name,
            Registrar = found.Name?.Registrar,
            RegistrarMail = found.Name?.RegistrarMail,
            DeliveryNetwork = found.DeliveryNetwork,
            Origin = found.Origin?.ToString(),
            Facts =
            [
                .. AddressFacts(id, found.Addresses, found.DnsHash, found.Dns, now),
                .. found.Aliases.Select(a => Fact(id, FactKind.Alias, a, "dns", now, found.DnsHash, Trust(found.Dns))),
                .. DeliveryFacts(id, found, now),
                .. found.Networks.SelectMany(n => NetworkFacts(id, n, now)),
                .. NameFacts(id, found.Name, now),
            ],
        };
        row.MovedFrom = before is not null && Moved(before, row) ? before.Id : null;
        return row;
    }

    private static IEnumerable<TraceFact> NetworkFacts(HostingTraceId id, TracedNetwork network, DateTime now)
    {
        var registry = $"rdap {network.Source}";
        var second = $"abuse-c {network.SecondOpinion?.Server}";
        var country = HostingCountry.Decide(network.RegistryCountry, network.FileCountry).Confidence ?? Confidence.Medium;
        var sources = network.Mails.Count > 1 ? Confidence.Low : network is { AbuseMail: not null, SecondOpinion.Mail: not null } ? Confidence.High : Confidence.Medium;
        (FactKind Kind, string? Value, string Source, byte[]? Hash, Confidence Confidence)[] told =
        [
            (FactKind.Network, network.Handle is null ? null : string.Join(" · ", new[] { network.Handle, network.Name, network.Range }.OfType<string>()), registry, network.AnswerHash, Confidence.High),
            (FactKind.Holder, network.Holder, registry, network.AnswerHash, Confidence.Medium),
            (FactKind.AutonomousSystem, network.Asn is { } asn ? $"AS{asn}" : null, registry, network.AnswerHash, Confidence.Medium),
            (FactKind.AbuseContact, network.AbuseMail, registry, network.AnswerHash, sources),
            .. network.OtherAbuseMails.Select(mail => (FactKind.AbuseContact, (string?)mail, registry, network.AnswerHash, sources)),
            (FactKind.AbuseContact, network.SecondOpinion?.Mail, second, network.SecondOpinion?.Hash, sources),
            (FactKind.Country, network.RegistryCountry, registry, network.AnswerHash, country),
            (FactKind.Country, network.FileCountry, "country-file", network.FileHash, country),
            (FactKind.NoAnswer, network.Problem, registry, network.AnswerHash, Confidence.High),
            (FactKind.NoAnswer, network.FileProblem, "country-file", network.FileHash, Confidence.High),
            (FactKind.NoAnswer, network.SecondOpinion?.Problem, second, network.SecondOpinion?.Hash, Confidence.High),
        ];
        return told.Where(t => t.Value is not null).Select(t => Fact(id, t.Kind, t.Value!, t.Source, now, t.Hash, t.Confidence));
    }

    private static IEnumerable<TraceFact> DeliveryFacts(HostingTraceId id, TraceResult.Found found, DateTime now)
    {
        if (found.DeliveryNetwork is { } network)
        {
            yield return Fact(id, FactKind.DeliveryNetwork, network, "delivery-networks", now, found.DnsHash, Confidence.Medium);
        }

        if (found.Origin is { } origin)
        {
            yield return Fact(id, FactKind.Origin, origin.ToString(), found.OriginSource!, now, null, Confidence.Medium);
        }
    }

    private static IEnumerable<TraceFact> NameFacts(HostingTraceId id, TracedName? name, DateTime now)
    {
        (FactKind Kind, string? Value, Confidence Confidence)[] told =
        [
            (FactKind.Registrar, name?.Registrar, Confidence.Medium),
            (FactKind.RegistrarContact, name?.RegistrarMail, Confidence.Medium),
            (FactKind.NoAnswer, name?.Problem, Confidence.High),
        ];
        return told.Where(t => t.Value is not null).Select(t => Fact(id, t.Kind, t.Value!, $"rdap {name!.Source}", now, name.AnswerHash, t.Confidence));
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
