using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Egida.Blocking.Publishing;

/// <summary>
/// An operator asks for the list, every few minutes: whole in the form that its machines read, or what has changed. Who has nothing new gets no bytes. That it has had a
/// version is noted before the first byte is sent.
/// </summary>
internal sealed class FetchBlockList(EgidaDb db, ActionBook actions, BlockList list, ListKeys keys, BlockingTerms terms, PartnerRates rates, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("blocking.send-list");

    private readonly ListKeys keys = keys;

    /// <summary>GET /api/v1/blocking/{file}</summary>
    internal static Task<IResult> Get(string file, HttpContext context, FetchBlockList fetch, CancellationToken cancellation) =>
        ListFormats.All.TryGetValue(file, out var format)
            ? fetch.Send(context, (snapshot, _) => Task.FromResult((format.Bytes(snapshot), format.ContentType)), cancellation)
            : Task.FromResult<IResult>(TypedResults.Problem($"There is no such file. There are {string.Join(", ", ListFormats.All.Keys)}.", statusCode: StatusCodes.Status404NotFound));

    /// <summary>GET /api/v1/blocking/summary</summary>
    internal static Task<IResult> GetSummary(HttpContext context, FetchBlockList fetch, CancellationToken cancellation) => fetch.Send(
        context,
        async (snapshot, now) => (Encoding.UTF8.GetBytes(SignedSummary.Sign(SignedSummary.TextOf(snapshot), await fetch.keys.Signing(now, cancellation), fetch.keys)), "text/plain; charset=utf-8"),
        cancellation, isFixed: false, isList: false);

    /// <summary>GET /api/v1/blocking/changes?since=N</summary>
    internal static async Task<IResult> GetChanges(long? since, HttpContext context, FetchBlockList fetch, CancellationToken cancellation) =>
        since is not >= 0
            ? TypedResults.Problem("Say since which version: /api/v1/blocking/changes?since=17. Whoever has none asks for domains.json.", statusCode: StatusCodes.Status400BadRequest)
            : await fetch.Send(context, (snapshot, _) => Task.FromResult((Encoding.UTF8.GetBytes(ListChanges.Write(snapshot, since.Value)), "application/json")), cancellation, isFixed: false,
                refuse: version => since > version.Number
                    ? TypedResults.Problem("That version isn't made yet: the hotline may have gone back to an earlier day. Fetch domains.json anew.", statusCode: StatusCodes.Status410Gone)
                    : null);

    /// <param name="isFixed">The same version gives the same bytes: caches may compare them.</param>
    /// <param name="isList">Whoever has it has the list.</param>
    private async Task<IResult> Send(
        HttpContext context, Func<ListSnapshot, DateTime, Task<(byte[] Bytes, string ContentType)>> write, CancellationToken cancellation,
        bool isFixed = true, bool isList = true, Func<BlockListVersion, IResult?>? refuse = null)
    {
        var (partner, now) = (PartnerKey.Of(context), clock.GetUtcNow().UtcDateTime);
        if (!await db.Set<BlockSubscription>().AnyAsync(s => s.PartnerId == partner.Id && s.ClosedAt == null, cancellation))
        {
            return TypedResults.Problem("You aren't entitled to the list of domains. Ask the hotline.", statusCode: StatusCodes.Status403Forbidden);
        }

        if (rates.Take(partner, 1) is { } wait)
        {
            return Later(context, wait, StatusCodes.Status429TooManyRequests, $"You may ask {partner.PerMinute} times a minute; every {terms.PollSeconds} seconds is enough.");
        }

        if (await list.Newest(cancellation) is not { } version)
        {
            return Later(context, TimeSpan.FromSeconds(30), StatusCodes.Status503ServiceUnavailable, "The first version is being made.");
        }

        Head(context.Response, version, now);
        if (refuse?.Invoke(version) is { } refused) return refused;

        var (bytes, contentType) = await write(await list.Snapshot(version, cancellation), now);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
        var made = new DateTimeOffset(version.MadeAt, TimeSpan.Zero);
        var delivery = isFixed ? Delivery.Of(context.Request.GetTypedHeaders(), tag, made, bytes.Length) : new Delivery(StatusCodes.Status200OK, 0, bytes.Length);
        if (isList && delivery.HasBytes && delivery.To == bytes.Length)
        {
            await Note(partner, version, cancellation);
        }

        await Write(context.Response, delivery, bytes, contentType, isFixed ? tag : null, made, cancellation);
        return TypedResults.Empty;
    }

    /// <summary>Every answer says which version it is of, whether that still holds, and when to ask again.</summary>
    private void Head(HttpResponse response, BlockListVersion version, DateTime now)
    {
        response.Headers["Egida-List-Version"] = version.Number.ToString(CultureInfo.InvariantCulture);
        response.Headers["Egida-List-Valid-Until"] = ListFormats.Instant(version.ValidUntil);
        response.Headers["Egida-List-State"] = version.ValidUntil < now ? "expired" : "current";
        response.Headers["Egida-Poll-Seconds"] = terms.PollSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task Write(HttpResponse response, Delivery delivery, byte[] bytes, string contentType, EntityTagHeaderValue? tag, DateTimeOffset made, CancellationToken cancellation)
    {
        response.StatusCode = delivery.Status;
        var headers = response.GetTypedHeaders();
        (headers.ETag, headers.LastModified) = (tag, made);
        headers.ContentRange = delivery.Status switch
        {
            StatusCodes.Status206PartialContent => new ContentRangeHeaderValue(delivery.From, delivery.To - 1, bytes.Length),
            StatusCodes.Status416RangeNotSatisfiable => new ContentRangeHeaderValue(bytes.Length),
            _ => null,
        };
        if (!delivery.HasBytes) return;

        response.ContentType = contentType;
        response.ContentLength = delivery.To - delivery.From;
        await response.Body.WriteAsync(bytes.AsMemory((int)delivery.From, (int)(delivery.To - delivery.From)), cancellation);
    }

    /// <summary>Once for each version that they get.</summary>
    private async Task Note(HashPartner partner, BlockListVersion version, CancellationToken cancellation)
    {
        if (await db.Set<BlockSubscription>().AnyAsync(s => s.PartnerId == partner.Id && s.HasVersion == version.Number, cancellation)) return;

        var action = actions.Begin(Kind, Actor.System("operator"), partner.Id.Subject);
        await action.TakeTurn(cancellation);
        var subscription = await db.Set<BlockSubscription>().SingleAsync(s => s.PartnerId == partner.Id, cancellation);
        (subscription.HasVersion, subscription.FetchedAt) = (version.Number, action.Now);
        action.Emit(new BlockListSent(partner.Id, version.Number));
        await action.Commit(cancellation);
    }

    private static IResult Later(HttpContext context, TimeSpan wait, int status, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(detail, statusCode: status);
    }
}

public sealed record BlockListSent(HashPartnerId PartnerId, long Version) : DomainEvent;
