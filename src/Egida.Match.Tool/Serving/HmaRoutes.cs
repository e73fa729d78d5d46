using System.Globalization;
using System.Text.Json;
using Egida.HashSearch;
using Microsoft.AspNetCore.Http;

namespace Egida.Match.Tool.Serving;

/// <summary>
/// The look-up routes of Meta's Hasher-Matcher-Actioner (HMA 1.1), with its forms of answers, so that a program that asks HMA asks this by another address. What
/// writes is refused: lists come signed from the hotline. Addresses are never fetched.
/// </summary>
internal sealed class HmaRoutes(Banks banks, MediaHashing hashing)
{
    public const string Alive = "I-AM-ALIVE";
    public const string Stale = "INDEX-STALE";

    private const string NoAddresses = "Addresses aren't fetched here: this program opens no connections. POST the file itself, or its hash.";

    private static readonly string[] s_routes =
    [
        "/", "/c/bank/<bank_name>", "/c/bank/<bank_name>/content/<int:content_id>", "/c/banks", "/c/content_type", "/c/exchanges", "/c/signal_type", "/c/signal_type/index",
        "/h/hash", "/m/compare", "/m/index/status", "/m/lookup", "/m/raw_lookup", "/site-map", "/status", "/status/live",
    ];

    public Task Answer(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value?.TrimEnd('/') ?? "");
        return (request.Method is "HEAD" ? "GET" : request.Method, path) switch
        {
            ("GET", "") => Redirect(context),
            ("GET", "/status") => Status(context),
            ("GET", "/status/live") => Text(context, 200, Alive),
            ("GET", "/site-map") => HmaAnswers.Write(context, json => HmaAnswers.Texts(json, s_routes)),
            ("GET", "/h/hash") => throw new HmaException(400, RequireUrl(request)),
            ("POST", "/h/hash") => Hash(context),
            ("GET", "/m/raw_lookup") => RawLookup(context),
            ("GET", "/m/lookup") => Lookup(context),
            ("POST", "/m/lookup") => LookupFile(context),
            ("POST", "/m/compare") => Compare(context),
            ("GET", "/m/index/status") => IndexStatus(context),
            ("GET", "/c/banks") => HmaAnswers.Write(context, json => HmaAnswers.Array(json, banks.All, bank => HmaAnswers.Bank(json, bank.Name))),
            ("GET", "/c/signal_type") => HmaAnswers.Write(context, json => HmaAnswers.Array(json, HmaSignals.All, type => HmaAnswers.Object(json, ("name", type), ("enabled_ratio", 1.0)))),
            ("GET", "/c/content_type") => HmaAnswers.Write(context, json => HmaAnswers.Array(json, ["photo", "video"], type => HmaAnswers.Object(json, ("name", type), ("enabled", true)))),
            ("GET", "/c/exchanges") => HmaAnswers.Write(context, json => HmaAnswers.Texts(json, [])),
            ("GET", "/c/signal_type/index") => SignalTypeIndex(context),
            ("GET", _) when path.StartsWith("/c/bank/", StringComparison.Ordinal) => ShowBank(context, path.Split('/')),
            (_, _) when path.StartsWith("/c/", StringComparison.Ordinal) => throw new HmaException(403, "Banks are read-only here: they are lists that a hotline has signed."),
            (_, "/status" or "/status/live" or "/site-map" or "/h/hash" or "/m/raw_lookup" or "/m/lookup" or "/m/compare" or "/m/index/status") =>
                throw new HmaException(405, "The method is not allowed for the requested URL."),
            _ => throw new HmaException(404, "The requested URL was not found on the server."),
        };
    }

    private Task Status(HttpContext context)
    {
        var isStale = banks.All.Any(bank => bank.IsExpired);
        return Text(context, isStale ? 503 : 200, isStale ? Stale : Alive);
    }

    private Task RawLookup(HttpContext context)
    {
        var (signal, type) = (Required(context.Request, "signal"), Required(context.Request, "signal_type"));
        var withDistance = IsTrue(context.Request, "include_distance");
        var found = Find(type, signal, Wanted(context.Request)).SelectMany(bank => bank.Matches).ToList();
        return HmaAnswers.Write(context, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("matches");
            if (withDistance) HmaAnswers.Matches(json, type, found);
            else HmaAnswers.Array(json, found, match => json.WriteNumberValue(match.Number));
            json.WriteEndObject();
        });
    }

    private Task Lookup(HttpContext context)
    {
        var query = context.Request.Query;
        if (!string.IsNullOrEmpty(query["url"])) throw new HmaException(400, NoAddresses);
        var (signal, type) = (query["signal"].ToString(), query["signal_type"].ToString());
        if (signal.Length == 0 || type.Length == 0) throw new HmaException(400, "Either url or both signal and signal_type are required");
        var found = Find(type, signal, Wanted(context.Request));
        return HmaAnswers.Write(context, json => HmaAnswers.ByBank(json, type, found));
    }

    private async Task LookupFile(HttpContext context)
    {
        RequireValid();
        var signals = await hashing.Of(context);
        // A picture that says nothing (flat, blank) has no hash: nothing is like it.
        var found = signals.Select(one => (one.Type, Banks: one.Signal.Length == 0 ? [] : Find(one.Type, one.Signal, Wanted(context.Request)))).ToList();
        await HmaAnswers.Write(context, json =>
        {
            json.WriteStartObject();
            foreach (var (type, byBank) in found)
            {
                json.WritePropertyName(type);
                HmaAnswers.ByBank(json, type, byBank);
            }
            json.WriteEndObject();
        });
    }

    private async Task Hash(HttpContext context)
    {
        var signals = await hashing.Of(context);
        await HmaAnswers.Write(context, json => HmaAnswers.Object(json, [.. signals.Select(one => (one.Type, (object)one.Signal))]));
    }

    private static async Task Compare(HttpContext context)
    {
        using var body = await HmaAnswers.Json(context);
        if (body.RootElement.ValueKind != JsonValueKind.Object) throw new HmaException(400, "Request input was not a dict");
        var compared = new List<(string Type, int? Distance, bool IsMatch)>();
        foreach (var pair in body.RootElement.EnumerateObject())
        {
            var type = HmaSignals.Shown(pair.Name);
            if (pair.Value.ValueKind != JsonValueKind.Array) throw new HmaException(400, $"Comparison hashes for {type} was not a list");
            if (pair.Value.GetArrayLength() != 2) throw new HmaException(400, "Comparison hash list length must be exactly 2");
            HmaSignals.Known(type);
            string[] values = [.. pair.Value.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new HmaException(400, $"Invalid {type} hash: not a text"))];
            var (left, right) = (HmaSignals.Valid(type, values[0], $"Invalid {type} hash: "), HmaSignals.Valid(type, values[1], $"Invalid {type} hash: "));
            var distance = type == HmaSignals.Pdq ? Hash256.Parse(left).Distance(Hash256.Parse(right)) : (int?)null;
            compared.Add((type, distance, distance is null ? left == right : distance <= HmaSignals.Radius));
        }
        await HmaAnswers.Write(context, json =>
        {
            json.WriteStartObject();
            foreach (var (type, distance, isMatch) in compared)
            {
                json.WriteStartArray(type);
                json.WriteBooleanValue(isMatch);
                HmaAnswers.Object(json, distance is { } bits ? [("distance", bits)] : []);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        });
    }

    private Task IndexStatus(HttpContext context) => OfTypes(context, (json, present, built, size) =>
        HmaAnswers.Object(json, ("present", present), ("built_to", present ? built : -1L), ("size", size)));

    private Task SignalTypeIndex(HttpContext context) => OfTypes(context, (json, _, built, size) =>
        HmaAnswers.Object(json, ("db_size", size), ("index_size", size), ("index_out_of_date", false), ("newest_db_item", built), ("index_built_to", built)));

    private Task OfTypes(HttpContext context, Action<Utf8JsonWriter, bool, long, long> write)
    {
        var only = context.Request.Query["signal_type"].ToString();
        if (only.Length > 0 && !HmaSignals.All.Contains(only)) throw new HmaException(400, $"No such signal type '{HmaSignals.Shown(only)}'");
        var built = banks.All.Max(bank => bank.Use(list => list.Headers[0].Made.ToUnixTimeSeconds()));
        var kinds = banks.Kinds;
        return HmaAnswers.Write(context, json =>
        {
            json.WriteStartObject();
            foreach (var type in HmaSignals.All.Where(type => only.Length == 0 || type == only))
            {
                var kind = type == HmaSignals.Pdq ? ListKinds.Pdq : ListKinds.Md5;
                json.WritePropertyName(type);
                write(json, kinds.HasFlag(kind), built, banks.All.Sum(bank => bank.Use(list => list.HashCount(kind))));
            }
            json.WriteEndObject();
        });
    }

    private Task ShowBank(HttpContext context, string[] parts)
    {
        var name = parts[3];
        var bank = banks.All.FirstOrDefault(one => one.Name == name) ?? throw new HmaException(404, $"bank '{HmaSignals.Shown(name)}' not found");
        if (parts.Length == 4) return HmaAnswers.Write(context, json => HmaAnswers.Bank(json, bank.Name));
        if (parts.Length != 6 || parts[4] != "content" || !long.TryParse(parts[5], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new HmaException(404, "The requested URL was not found on the server.");
        RequireValid();
        if (!bank.Use(list => list.Has(number))) throw new HmaException(404, $"content '{number}' not found");
        return HmaAnswers.Write(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("id", number);
            // HMA's number for "enabled".
            json.WriteNumber("disable_until_ts", 1);
            json.WriteNull("original_media_uri");
            json.WritePropertyName("bank");
            HmaAnswers.Bank(json, bank.Name);
            json.WriteEndObject();
        });
    }

    private List<FoundIn> Find(string type, string signal, HashSet<string>? wanted)
    {
        var query = HmaSignals.Query(type, signal);
        try
        {
            return [.. banks.All.Where(bank => wanted is null || wanted.Contains(bank.Name)).Select(bank => new FoundIn(bank.Name, bank.Use(query)))];
        }
        catch (ListRefusedException e)
        {
            throw new HmaException(503, e.Message);
        }
    }

    // Also where nothing would be looked up: a list past its time is no reason to say "nothing found".
    private void RequireValid()
    {
        foreach (var bank in banks.All)
            if (bank.IsExpired) throw new HmaException(503, $"index not yet ready: the list of {bank.Name} is past its time. Fetch a newer one: egida-match update.");
    }

    private static HashSet<string>? Wanted(HttpRequest request) => request.Query["banks"].ToString() is { Length: > 0 } names ? [.. names.Split(',')] : null;

    private static bool IsTrue(HttpRequest request, string name) => request.Query[name].ToString().ToLowerInvariant() is "true" or "1" or "t" or "yes" or "y" or "on";

    private static string Required(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var value) ? value.ToString() : throw new HmaException(422, $"{name} is required");

    private static string RequireUrl(HttpRequest request)
    {
        Required(request, "url");
        return NoAddresses;
    }

    private static Task Redirect(HttpContext context)
    {
        context.Response.Redirect("/status");
        return Task.CompletedTask;
    }

    private static Task Text(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}

/// <summary>What a bank has of a signal.</summary>
internal sealed record FoundIn(string Bank, IReadOnlyList<KnownMatch> Matches);
