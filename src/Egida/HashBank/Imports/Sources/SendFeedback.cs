using System.Text;
using System.Xml;
using System.Xml.Linq;
using Egida.HashBank.Imports.Formats;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources;

/// <param name="Kinds">Of which of the entry's hashes.</param>
public sealed record FeedbackSent(string Feed, HashRecordId RecordId, IReadOnlyList<string> Kinds) : DomainEvent;

/// <summary>
/// Somebody here disputed or withdrew a record: the sources that contributed it are told so, each once for each of their entries. Only NCMEC takes such feedback from us.
/// </summary>
internal sealed class SendFeedback(EgidaDb db, ActionBook actions, FeedHttp http, IOptions<FeedsOptions> options) : IWorkHandler
{
    public const string WorkKind = "hash-bank.send-feedback";

    public static readonly ActionKind Kind = new("hash-bank.send-feedback");

    private static readonly XNamespace Ns = NcmecFormat.Namespace;

    public static NewWork WorkFor(HashRecordId record) => new(WorkKind, new Guid(record.Value, 0, 0, new byte[8]));

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new HashRecordId(BitConverter.ToInt32(work.SubjectId.ToByteArray()));
        var record = await db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        if (record.State is not (HashRecordState.Disputed or HashRecordState.Withdrawn))
        {
            return new WorkOutcome.Done();
        }

        var entries = await db.Set<SourceEntry>().AsNoTracking().Where(e => e.RecordId == id).Join(db.Set<HashSource>(), e => e.SourceId, s => s.Id, (e, s) => new { s.Code, e.Key }).ToListAsync(cancellation);
        var hasPhotoDna = await db.Set<FurtherHash>().AnyAsync(h => h.RecordId == id && h.Kind == HashKind.PhotoDna, cancellation);
        try
        {
            foreach (var (name, settings) in options.Value.Feeds.Where(f => f.Value is { Kind: "ncmec", Feedback: true }))
            {
                foreach (var entry in entries.Where(e => e.Code == (settings.Source.Length > 0 ? settings.Source : name)))
                {
                    await Send(name, settings, id, entry.Key, KindsOf(record, hasPhotoDna), cancellation);
                }
            }
        }
        catch (FeedException e)
        {
            return e.IsFinal ? new WorkOutcome.Park(e.Message) : new WorkOutcome.TryAgain(e.Message);
        }

        return new WorkOutcome.Done();
    }

    private static List<string> KindsOf(HashRecord record, bool hasPhotoDna) =>
    [
        .. new[] { (record.Md5 is not null, "MD5"), (record.Sha1 is not null, "SHA1"), (record.Pdq is not null, "PDQ"), (hasPhotoDna, "PDNA") }.Where(k => k.Item1).Select(k => k.Item2),
    ];

    private async Task Send(string name, FeedOptions settings, HashRecordId record, string key, List<string> kinds, CancellationToken cancellation)
    {
        var sent = await db.Set<SentFeedback>().Where(f => f.Feed == name && f.Key == key).Select(f => f.Kind).ToListAsync(cancellation);
        var root = NcmecEnvironments.UrlOf(settings);
        var basic = http.Basic(settings);
        foreach (var kind in kinds.Except(sent))
        {
            var reason = await Reason(settings, root, kind, cancellation);
            var (member, entry) = (key[..key.IndexOf('-', StringComparison.Ordinal)], key[(key.IndexOf('-', StringComparison.Ordinal) + 1)..]);
            var url = new Uri(root, $"v2/entries/{Uri.EscapeDataString(member)}/{Uri.EscapeDataString(entry)}/{kind}/feedback");
            var body = new XDocument(new XElement(Ns + "feedbackSubmission", new XElement(Ns + "negative", new XElement(Ns + "reasonIds", new XElement(Ns + "guid", reason)))));
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body.ToString(SaveOptions.DisableFormatting)));
            content.Headers.ContentType = new("application/xml") { CharSet = "utf-8" };
            var (status, _) = await http.Send(settings, HttpMethod.Put, url, h => h.Authorization = basic, content, cancellation);

            // 404: the entry, or this hash of it, is gone there: nobody is left to be told.
            if (status is not (>= 200 and < 300 or 404))
            {
                throw new FeedException($"http-{status}", isFinal: status is 400 or 401 or 403);
            }

            var action = actions.Begin(Kind, Actor.System("hash-feeds"), record.Subject);
            db.Add(new SentFeedback { Feed = name, Key = key, Kind = kind, At = action.Now });
            action.Emit(new FeedbackSent(name, record, [kind]));
            await action.Commit(cancellation);
        }
    }

    /// <summary>The one of the settings, or the only one that there is.</summary>
    private async Task<string> Reason(FeedOptions settings, Uri root, string kind, CancellationToken cancellation)
    {
        if (settings.FeedbackReason.Length > 0)
        {
            return settings.FeedbackReason;
        }

        var basic = http.Basic(settings);
        var guids = await http.Get(settings, new Uri(root, $"v2/feedback/{kind}/reasons"), h => h.Authorization = basic, Guids, cancellation);
        return guids is [var only] ? only : throw new FeedException("feedback-reason: there are several reasons to choose from; set the feed's FeedbackReason to the guid of one", isFinal: true);
    }

    private static List<string> Guids(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return [.. XDocument.Load(reader).Descendants(Ns + "reason").Select(r => r.Attribute("guid")?.Value).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        catch (XmlException)
        {
            throw new FormatException();
        }
    }
}
