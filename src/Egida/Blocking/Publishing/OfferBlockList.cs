using System.Security.Cryptography;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Publishing;

/// <summary>An operator's machine asks what there is: the version, until when it holds, in which forms, and which keys sign it.</summary>
internal static class OfferBlockList
{
    /// <summary>GET /api/v1/blocking</summary>
    internal static async Task<IResult> Get(HttpContext context, EgidaDb db, BlockList list, ListKeys keys, BlockingTerms terms, TimeProvider clock, CancellationToken cancellation)
    {
        var (partner, now) = (PartnerKey.Of(context).Id, clock.GetUtcNow().UtcDateTime);
        if (!await db.Set<BlockSubscription>().AnyAsync(s => s.PartnerId == partner && s.ClosedAt == null, cancellation))
        {
            return TypedResults.Problem("You aren't entitled to the list of domains. Ask the hotline.", statusCode: StatusCodes.Status403Forbidden);
        }

        var version = await list.Newest(cancellation);
        var snapshot = version is null ? null : await list.Snapshot(version, cancellation);
        return TypedResults.Json(
            new
            {
                Version = version?.Number ?? 0,
                MadeAt = version is null ? null : ListFormats.Instant(version.MadeAt),
                ValidUntil = version is null ? null : ListFormats.Instant(version.ValidUntil),
                State = version is null ? "none" : version.ValidUntil < now ? "expired" : "current",
                terms.PollSeconds,
                Keys = (await keys.Signing(now, cancellation)).Select(k => new { k.Line, k.EndsAt }),
                Files = snapshot is null ? [] : ListFormats.All.Values.Select(f => FileOf(f, f.Bytes(snapshot))).ToList(),
                Changes = "/api/v1/blocking/changes?since=",
                Summary = "/api/v1/blocking/summary",
            }, ListFormats.Json);
    }

    private static OfferedFile FileOf(ListFormat format, byte[] bytes) =>
        new($"/api/v1/blocking/{format.File}", format.ContentType, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private sealed record OfferedFile(string Path, string ContentType, int Bytes, string Sha256);
}
