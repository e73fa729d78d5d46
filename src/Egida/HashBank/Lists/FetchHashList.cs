using System.Text.Json;
using System.Text.Json.Serialization;
using Egida.HashBank.Partners;
using Egida.Match;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Egida.HashBank.Lists;

/// <param name="From">The first byte that was asked for.</param>
/// <param name="ToEnd">The last byte was among them.</param>
public sealed record HashListFetched(HashListId ListId, HashPartnerId PartnerId, long Number, long From, bool ToEnd) : DomainEvent;

/// <summary>A partner sees which versions of its lists there are, and fetches them, whole or from where it broke off. Each time is counted before the first byte is sent.</summary>
internal sealed class FetchHashList(EgidaDb db, ActionBook actions, ListFolder folder, ListKeys keys, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("hash-bank.send-list");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="Keys">Those that sign now: an end says that the next one takes over.</param>
    public sealed record Offer(IReadOnlyList<Key> Keys, IReadOnlyList<OfferedList> Lists);

    public sealed record Key(string Line, DateTime? EndsAt);

    public sealed record OfferedList(string Name, string Series, string Recipient, string Jurisdiction, IReadOnlyList<string> Kinds, IReadOnlyList<OfferedVersion> Versions);

    /// <param name="Since">Of a delta, the full list that it goes on from.</param>
    public sealed record OfferedVersion(long Number, long? Since, DateTime MadeAt, DateTime ValidUntil, int Records, int Withdrawn, long Bytes, string Sha256);

    /// <summary>GET /api/v1/lists</summary>
    internal static async Task<IResult> List(HttpContext context, FetchHashList fetch, Microsoft.Extensions.Options.IOptions<ListOptions> options, CancellationToken cancellation) =>
        TypedResults.Json(await fetch.Offered(PartnerKey.Of(context), options.Value.Origin, cancellation), Json);

    /// <summary>GET /api/v1/lists/{name}/{version}</summary>
    internal static Task<IResult> Get(string name, long version, HttpContext context, FetchHashList fetch, CancellationToken cancellation) =>
        fetch.Send(PartnerKey.Of(context), name, version, context, cancellation);

    private async Task<Offer> Offered(HashPartner partner, string origin, CancellationToken cancellation)
    {
        var lists = await db.Set<HashList>().AsNoTracking().Where(l => l.PartnerId == partner.Id && l.ClosedAt == null).OrderBy(l => l.Name).ToListAsync(cancellation);
        var ids = lists.ConvertAll(l => l.Id);
        var versions = (await db.Set<HashListVersion>().AsNoTracking().Where(v => ids.Contains(v.ListId) && v.RemovedAt == null).OrderByDescending(v => v.Number).ToListAsync(cancellation))
            .ToLookup(v => v.ListId);
        var signing = await keys.Signing(clock.GetUtcNow().UtcDateTime, cancellation);
        return new Offer(
            [.. signing.Select(k => new Key(k.Line, k.EndsAt))],
            [.. lists.Select(l => new OfferedList(l.Name, l.Series(origin), l.Recipient, l.Jurisdiction, [.. Names(l.Kinds)], [.. versions[l.Id].Select(Of)]))]);
    }

    private async Task<IResult> Send(HashPartner partner, string name, long number, HttpContext context, CancellationToken cancellation)
    {
        var version = await db.Set<HashList>().Where(l => l.PartnerId == partner.Id && l.ClosedAt == null && l.Name == name)
            .Join(db.Set<HashListVersion>().Where(v => v.Number == number && v.RemovedAt == null), l => l.Id, v => v.ListId, (l, v) => v)
            .AsNoTracking().SingleOrDefaultAsync(cancellation);
        if (version is null || Open(folder.PathOf(version.ListId, number)) is not { } file)
        {
            return TypedResults.Problem("You have no list of this name with this version. GET /api/v1/lists says which there are.", statusCode: StatusCodes.Status404NotFound);
        }

        await using var sent = file;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(version.Sha256)}\"");
        var made = new DateTimeOffset(version.MadeAt.AddTicks(-(version.MadeAt.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        var delivery = Delivery.Of(context.Request.GetTypedHeaders(), tag, made, file.Length);
        if (delivery.HasBytes)
        {
            await Count(partner, version, delivery, cancellation);
        }

        await delivery.Send(context.Response, file, tag, made, "application/vnd.egida.list", $"{name}-{number}.egidalist", cancellation);
        return TypedResults.Empty;
    }

    private async Task Count(HashPartner partner, HashListVersion version, Delivery sent, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("hash-partner"), version.ListId.Subject);
        await action.TakeTurn(cancellation);
        var download = await db.Set<HashListDownload>().SingleOrDefaultAsync(d => d.ListId == version.ListId && d.Number == version.Number, cancellation);
        if (download is null)
        {
            db.Add(download = new HashListDownload { ListId = version.ListId, Number = version.Number, FirstAt = action.Now });
        }

        var toEnd = sent.To == version.Bytes;
        (download.LastAt, download.Requests, download.Bytes) = (action.Now, download.Requests + 1, download.Bytes + sent.To - sent.From);
        download.WholeAt = toEnd ? action.Now : download.WholeAt;
        action.Emit(new HashListFetched(version.ListId, partner.Id, version.Number, sent.From, toEnd));
        await action.Commit(cancellation);
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static OfferedVersion Of(HashListVersion v) =>
        new(v.Number, v.Since, v.MadeAt, v.ValidUntil, v.Records, v.Withdrawn, v.Bytes, Convert.ToHexStringLower(v.Sha256));

    private static IEnumerable<string> Names(ListKinds kinds) =>
        Enum.GetValues<ListKinds>().Where(k => k is not (ListKinds.None or ListKinds.All) && kinds.HasFlag(k)).Select(k => k.ToString().ToLowerInvariant());
}
