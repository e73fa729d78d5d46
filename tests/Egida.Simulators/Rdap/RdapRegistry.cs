using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>Registries of addresses, numbers and names (RFC 9082, 9083) and the bootstrap files that lead to them (RFC 9224).
/// The Dutch network is answered by another registry through a redirect. Refuses other paths (404) and bad queries (400).</summary>
public sealed class RdapRegistry
{
    private const string Type = "application/rdap+json";

    private readonly ConcurrentDictionary<string, RdapFault> faults = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> abuseMails = new(StringComparer.OrdinalIgnoreCase);
    private readonly DnsZone zone;

    internal RdapRegistry(DnsZone zone) => this.zone = zone;

    /// <summary>Ends in a slash; `ipv4.json`, `ipv6.json`, `asn.json`, `dns.json` lie below it.</summary>
    public Uri BootstrapUrl { get; private set; } = null!;

    /// <summary>RIPE's finder of abuse contacts (abuse-c) as at rest.db.ripe.net: `{address}.json` below it. Ends in a slash.</summary>
    public Uri AbuseContactUrl { get; private set; } = null!;

    /// <summary>Every query, as `ip/192.0.2.10`.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    /// <summary>A query is `ip/192.0.2.10`, `domain/galeria.example`, `autnum/64500`, or `*` for all.</summary>
    public void Behave(string query, RdapFault fault) => faults[query] = fault;

    public void BehaveWell() => faults.Clear();

    /// <summary>What the finder of abuse contacts says of an address, instead of what the network's holder says.</summary>
    public void SayAbuse(string address, string mail) => abuseMails[address] = mail;

    internal void StartAt(int port)
    {
        BootstrapUrl = new Uri($"https://localhost:{port}/rdap-bootstrap/");
        AbuseContactUrl = new Uri($"https://localhost:{port}/abuse-contact/");
    }

    internal Task AnswerBootstrap(HttpContext context, string file)
    {
        object[][]? services = file switch
        {
            "ipv4.json" => [Service("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")],
            "ipv6.json" => [Service("2001:db8::/32")],
            "asn.json" => [Service("64496-64511")],
            "dns.json" => [Service("example", "test")],
            _ => null,
        };
        return services is null
            ? context.Json(RdapObjects.Error(404, "No such bootstrap file"), 404, Type)
            : context.Json(new { version = "1.0", publication = "2026-11-01T00:00:00Z", description = "RDAP bootstrap file", services });
    }

    internal async Task Answer(HttpContext context, string query)
    {
        Queries.Enqueue(query);
        var fault = faults.GetValueOrDefault(query, faults.GetValueOrDefault("*"));
        if (await Misbehave(context, fault))
            return;

        var self = new Uri(BootstrapUrl, $"/rdap/{query}").ToString();
        var (status, answer) = Find(query, self, fault);
        if (status == 200 && query.StartsWith("ip/198.51.100.", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/rdap/nl"))
        {
            context.Response.Redirect(new Uri(BootstrapUrl, $"/rdap/nl/{query}").ToString());
            return;
        }

        await context.Json(answer, status, fault == RdapFault.JsonAsHtml ? "text/html" : Type);
    }

    internal async Task AnswerAbuseContact(HttpContext context, string file)
    {
        var address = file.EndsWith(".json", StringComparison.Ordinal) ? file[..^5] : file;
        var query = $"abuse-contact/{address}";
        Queries.Enqueue(query);
        if (await Misbehave(context, faults.GetValueOrDefault(query, faults.GetValueOrDefault("*"))))
            return;

        var mail = abuseMails.GetValueOrDefault(address) ?? (IPAddress.TryParse(address, out var parsed) ? WorldNetworks.Of(parsed)?.AbuseMail : null);
        if (mail is null)
            await context.Json(new { errormessages = new { errormessage = new[] { new { severity = "Error", text = "ERROR:101: no entries found" } } } }, 404);
        else
            await context.Json(new Dictionary<string, object>
            {
                ["service"] = "abuse-contact",
                ["parameters"] = new Dictionary<string, object> { ["primary-key"] = new { value = address } },
                ["abuse-contacts"] = new Dictionary<string, object> { ["key"] = "AR1-EXAMPLE", ["email"] = mail, ["suspect"] = false, ["org-id"] = "ORG-1" },
            });
    }

    private object[] Service(params string[] entries) => [entries, new[] { new Uri(BootstrapUrl, "/rdap/").ToString() }];

    private (int Status, object Answer) Find(string query, string self, RdapFault fault)
    {
        var (kind, value) = query.Split('/', 2) is [var first, var second] ? (first, second) : (query, "");
        switch (kind)
        {
            case "ip" when IPAddress.TryParse(value.Split('/')[0], out var address):
                var known = fault == RdapFault.OtherNetwork ? WorldNetworks.NoHotline : WorldNetworks.Of(address);
                return known is { AbuseMail: not null } holder ? (200, RdapObjects.Network(holder, self, fault)) : NotFound;
            case "autnum" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                var system = WorldNetworks.All.FirstOrDefault(network => network.Asn == number && network.AbuseMail is not null);
                return system is null ? NotFound : (200, RdapObjects.AutonomousSystem(system, self, fault));
            case "domain" when value.Contains('.', StringComparison.Ordinal):
                // Only registrable names are registered: www.galeria.example has no registration of its own.
                var registered = value.Count(c => c == '.') == 1 && zone.Find(value) is not null;
                return registered ? (200, RdapObjects.Domain(value, self, fault)) : NotFound;
            default:
                return (400, RdapObjects.Error(400, "This isn't a query that RFC 9082 knows"));
        }
    }

    private static (int Status, object Answer) NotFound => (404, RdapObjects.Error(404, "Not found"));

    private static async Task<bool> Misbehave(HttpContext context, RdapFault fault)
    {
        switch (fault)
        {
            case RdapFault.NotFound:
                await context.Json(RdapObjects.Error(404, "Not found"), 404, Type);
                return true;
            case RdapFault.TooManyRequests:
                context.Response.Headers.RetryAfter = "1";
                await context.Json(RdapObjects.Error(429, "Too many requests"), 429, Type);
                return true;
            case RdapFault.Unavailable:
                await context.Json(RdapObjects.Error(503, "Down for maintenance"), 503, Type);
                return true;
            case RdapFault.BrokenJson:
                context.Response.ContentType = Type;
                await context.Response.WriteAsync("{\"objectClassName\":\"ip network\",\"entities\":[{\"roles\":[\"ab", context.RequestAborted);
                return true;
            case RdapFault.Html:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!doctype html><title>Welcome</title>", context.RequestAborted);
                return true;
            case RdapFault.RedirectLoop:
                context.Response.Redirect(context.Request.Path);
                return true;
            case RdapFault.HtmlAsJson:
                await RdapMisdeeds.HtmlAsJson(context);
                return true;
            case RdapFault.RedirectInside:
                context.Response.Redirect("https://10.1.2.3/rdap/ip/192.0.2.10");
                return true;
            case RdapFault.Drip:
                await RdapMisdeeds.Drip(context);
                return true;
            case RdapFault.Huge or RdapFault.GzipBomb:
                await RdapMisdeeds.Huge(context, compressed: fault == RdapFault.GzipBomb);
                return true;
            case RdapFault.Deep:
                await RdapMisdeeds.Deep(context);
                return true;
            case RdapFault.Slow:
                await Task.Delay(TimeSpan.FromMinutes(1), context.RequestAborted);
                return false;
            default:
                return false;
        }
    }
}
