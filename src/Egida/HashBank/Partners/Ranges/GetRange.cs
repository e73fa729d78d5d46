using System.Globalization;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>
/// Private look-up of digests: the partner blurs its hash with the epoch's key, asks for all that begin alike, and compares by itself. The answer is the same for
/// everybody, has always the same size, and doesn't say which of its lines are real.
/// </summary>
internal static class GetRange
{
    internal static async Task<IResult> Epoch(
        HttpContext context, string? purpose, RangeShelf shelf, RangeKeys keys, PartnerRates rates, AnswerLedger ledger, TimeProvider clock, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        if (Refuse(context, partner, rates, purpose) is { } refused)
        {
            return refused;
        }

        var now = shelf.Epochs.At(clock.GetUtcNow());
        var epochs = new[] { now, now - 1 }.Select(epoch => new RangeMessages.Epoch(
            epoch, shelf.Epochs.Begin(epoch), shelf.Epochs.Begin(epoch + 2),
            [.. RangeShelf.Kinds.Where(partner.MayAsk).Select(kind => Of(kind, epoch)).OfType<RangeMessages.Kind>()])).Where(e => e.Kinds.Count > 0).ToList();
        if (epochs.Count == 0)
        {
            context.Response.Headers.RetryAfter = "5";
            return MatchHashes.Problem(StatusCodes.Status503ServiceUnavailable, "The ranges are being made. Come again in some seconds.");
        }

        await ledger.Write(AnswerNote.Of(partner.Id, purpose!, null), cancellation);
        return TypedResults.Json(new RangeMessages.Epochs(epochs), MatchJson.Strict.Epochs);

        RangeMessages.Kind? Of(HashKind kind, int epoch) => shelf.Find(kind, epoch) is { } file
            ? new(HashText.NameOf(kind), Convert.ToHexStringLower(keys.Blur(kind, epoch)), file.Shape.Digits, file.Shape.Lines, file.Change)
            : null;
    }

    internal static async Task<IResult> Get(
        HttpContext context, string kind, int epoch, string prefix, string? purpose, RangeShelf shelf, PartnerRates rates, AnswerLedger ledger, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        if (!HashText.Names.TryGetValue(kind, out var of) || !RangeShelf.Kinds.Contains(of) || !partner.MayAsk(of))
        {
            return MatchHashes.Problem(StatusCodes.Status404NotFound, "There are ranges of the digests that you may look up: md5, sha1, sha256.");
        }

        if (Refuse(context, partner, rates, purpose) is { } refused)
        {
            return refused;
        }

        if (shelf.Find(of, epoch) is not { } file)
        {
            return MatchHashes.Problem(StatusCodes.Status404NotFound, "This epoch doesn't answer. GET /api/v1/ranges/epoch says which ones do.");
        }

        if (prefix.Length != file.Shape.Digits || !int.TryParse(prefix, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var range))
        {
            return MatchHashes.Problem(StatusCodes.Status400BadRequest, $"A prefix of this epoch has {file.Shape.Digits} hexadecimal digits.");
        }

        var asked = new RangeAsked(of, epoch, range, file.Shape.Ranges);
        await ledger.Write(AnswerNote.Of(partner.Id, purpose!, asked), cancellation);
        if (asked.IsStopped)
        {
            return Stopped();
        }

        // The partner may keep it for itself as long as the epoch lasts.
        context.Response.Headers.CacheControl = "private, immutable, max-age=3600";
        return TypedResults.Bytes(file.Lines(range), "text/plain; charset=us-ascii");
    }

    private static IResult? Refuse(HttpContext context, HashPartner partner, PartnerRates rates, string? purpose) =>
        !partner.MayKnow.HasFlag(PartnerKnowledge.Ranges) ? MatchHashes.Problem(StatusCodes.Status403Forbidden, "You may not look up privately.")
        : partner.RangesStoppedAt is not null ? Stopped()
        : MatchHashes.Refuse(context, partner, rates, purpose, 1);

    private static IResult Stopped() => MatchHashes.Problem(
        StatusCodes.Status403Forbidden, "You have asked for more of the ranges than is usual, and are stopped until somebody here has spoken with you. For so many files a signed list fits better.");
}
