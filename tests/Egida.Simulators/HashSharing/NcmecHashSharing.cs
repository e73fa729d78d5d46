using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>
/// NCMEC's Hash Sharing, version 2, as its open client knows it (python-threatexchange, commit baefb4e): Basic, XML in a namespace, entries in no order and paged, tombstones,
/// feedback by PUT.
/// </summary>
public sealed class NcmecHashSharing : HashSharingDesk
{
    public const string UserName = "egida", Password = "ncmec-demo-password";
    public const string Reason = "01234567-abcd-0123-4567-012345678900";

    private static readonly XNamespace Ns = "https://hashsharing.ncmec.org/hashsharing/v2";

    private readonly ConcurrentDictionary<(string Member, string Id), List<Entry>> entries = new();

    /// <param name="Fingerprints">Kind (`md5`, `pdq` …) and text; none for what was deleted.</param>
    public sealed record Entry(string Member, string Id, string Medium, DateTime Stamp, string? Classification, IReadOnlyDictionary<string, string>? Fingerprints)
    {
        public bool IsDeleted => Fingerprints is null;
    }

    public sealed record Feedback(string Member, string Id, string Kind, bool IsAffirmative, string? Reason);

    public int PageSize { get; set; } = 1000;

    /// <summary>In what order entries come: by this seed, not by their times.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Also the states that an entry had before, at any place among the others.</summary>
    public bool GivesOldStates { get; set; }

    public ConcurrentQueue<Feedback> Feedbacks { get; } = new();

    /// <summary>Since when something was, by the service's clock.</summary>
    public void Put(string member, string id, DateTime stamp, string? classification, IReadOnlyDictionary<string, string> fingerprints, string medium = "image") =>
        Keep(new Entry(member, id, medium, stamp, classification, fingerprints));

    public void Delete(string member, string id, DateTime stamp, string medium = "image") => Keep(new Entry(member, id, medium, stamp, null, null));

    internal async Task Answer(HttpContext context, string path)
    {
        Note(context);
        if (!IsBasic(context, UserName, Password))
        {
            await Refuse(context, 401);
            return;
        }

        await ((context.Request.Method, path.Split('/')) switch
        {
            ("GET", ["v2", "status"]) => Xml(context, new XElement(Ns + "status", new XElement(Ns + "ipAddress", "127.0.0.1"), new XElement(Ns + "username", UserName), Member("7"))),
            ("GET", ["v2", "members"]) => Xml(context, new XElement(Ns + "members", entries.Keys.Select(k => k.Member).Append("7").Distinct().Select(Member))),
            ("GET", ["v2", "entries"]) => Entries(context),
            ("GET", ["v2", "feedback", var kind, "reasons"]) => Xml(context, new XElement(Ns + "availableFeedbackReasons", new XElement(Ns + "reason", new XAttribute("guid", Reason), new XAttribute("name", "Example Reason 1"), new XAttribute("type", kind)))),
            ("PUT", ["v2", "entries", var member, var id, var kind, "feedback"]) => Take(context, member, id, kind),
            _ => Refuse(context, 404),
        });
    }

    private static XElement Member(string id) => new(Ns + "member", new XAttribute("id", id), $"Example Member {id}");

    private static string Stamp(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void Keep(Entry entry)
    {
        var states = entries.GetOrAdd((entry.Member, entry.Id), _ => []);
        lock (states)
            states.Add(entry);
    }

    private async Task Entries(HttpContext context)
    {
        var query = context.Request.Query;
        var start = int.TryParse(query["start"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        if (start > 1 && GoesWrong(HashSharingFault.StalePages))
        {
            await Refuse(context, 410);
            return;
        }

        if (!TryTime(query["from"], out var from) || !TryTime(query["to"], out var to))
        {
            await Refuse(context, 400);
            return;
        }

        var found = Found(from, to);
        var page = found.Skip(start - 1).Take(PageSize).ToList();
        if (start > 1 && GoesWrong(HashSharingFault.DuplicatePages))
            page = [.. found.Skip(Math.Max(0, start - 1 - PageSize)).Take(PageSize), .. page];
        var next = start + PageSize;
        var more = GoesWrong(HashSharingFault.EndlessPages) ? $"start={start}" : next <= found.Count ? $"start={next}" : null;
        var host = GoesWrong(HashSharingFault.PagesElsewhere) ? "//elsewhere.example" : "";
        var answer = new XElement(Ns + "queryResult", Part("image", page), Part("video", page));
        if (more is not null)
        {
            answer.Add(new XElement(Ns + "paging", new XElement(
                Ns + "next", $"{host}/v2/entries?from={Uri.EscapeDataString(Stamp(from))}&to={Uri.EscapeDataString(Stamp(to))}&{more}&size={PageSize}&max={found.Count}")));
        }

        await Xml(context, answer);
    }

    private List<Entry> Found(DateTime from, DateTime to)
    {
        var random = new Random(Seed);
        var states = entries.OrderBy(e => e.Key.Member, StringComparer.Ordinal).ThenBy(e => e.Key.Id, StringComparer.Ordinal)
            .SelectMany(e => GivesOldStates ? e.Value : e.Value.OrderBy(s => s.Stamp).TakeLast(1)).Where(e => e.Stamp >= from && e.Stamp <= to).ToArray();
        random.Shuffle(states);
        return [.. states];
    }

    private static XElement Part(string medium, IEnumerable<Entry> page)
    {
        var entries = page.Where(e => e.Medium == medium).ToList();
        var part = new XElement(Ns + (medium + "s"), new XAttribute("count", entries.Count));
        if (entries.Count > 0)
            part.Add(new XAttribute("maxTimestamp", Stamp(entries.Max(e => e.Stamp))));
        part.Add(entries.Select(e => new XElement(
            Ns + (e.IsDeleted ? $"deleted{char.ToUpperInvariant(medium[0])}{medium[1..]}" : medium),
            Member(e.Member), new XElement(Ns + "timestamp", Stamp(e.Stamp)), new XElement(Ns + "id", e.Id),
            e.Classification is null ? null : new XElement(Ns + "classification", e.Classification),
            e.IsDeleted ? null : new XElement(Ns + "fingerprints", e.Fingerprints!.Select(f => new XElement(Ns + f.Key, f.Value))))));
        return part;
    }

    private async Task Take(HttpContext context, string member, string id, string kind)
    {
        if (!entries.ContainsKey((member, id)) || context.Request.ContentType != "application/xml; charset=utf-8")
        {
            await Refuse(context, entries.ContainsKey((member, id)) ? 415 : 404);
            return;
        }

        using var body = new StreamReader(context.Request.Body);
        var said = XDocument.Parse(await body.ReadToEndAsync(context.RequestAborted)).Root!;
        if (said.Name != Ns + "feedbackSubmission" || said.Elements().ToList() is not [var opinion] || (opinion.Name != Ns + "affirmative" && opinion.Name != Ns + "negative"))
        {
            await Refuse(context, 400);
            return;
        }

        var isAway = GoesWrong(HashSharingFault.Unavailable);
        if (!isAway)
            Feedbacks.Enqueue(new Feedback(member, id, kind, opinion.Name == Ns + "affirmative", opinion.Element(Ns + "reasonIds")?.Element(Ns + "guid")?.Value));
        await (isAway ? Refuse(context, 503) : Xml(context, new XElement(Ns + "submissionResult")));
    }

    private Task Xml(HttpContext context, XElement root) =>
        Answer(context, "application/xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + root));

    private static bool TryTime(string? text, out DateTime at) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
