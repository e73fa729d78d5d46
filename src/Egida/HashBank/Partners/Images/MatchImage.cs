using Egida.Platform.Sandboxing;

namespace Egida.HashBank.Partners.Images;

/// <summary>
/// A partner that has no hashes sends the picture. It is hashed in memory, decoded in a confined process, looked up as its hashes would be, and forgotten: it is never
/// written anywhere and nobody sees it.
/// </summary>
internal static class MatchImage
{
    /// <summary>An upload is waited for, unlike a captured file: shorter than <see cref="SandboxLimits.Default"/>.</summary>
    private static readonly SandboxLimits Limits = SandboxLimits.Default with { Processor = TimeSpan.FromSeconds(10), Deadline = TimeSpan.FromSeconds(15) };

    /// <summary>Three digests and eight looks.</summary>
    private const int Hashes = 11;

    internal static async Task<IResult> Post(
        HttpContext context, string? purpose, int? radius, bool? turned, AnswerPartner answer, PartnerRates rates, ImageRoom room, TimeProvider clock, ILogger<ImageRoom> log,
        CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        if (radius is < 0 || radius > partner.LargestRadius)
        {
            return MatchHashes.Problem(StatusCodes.Status400BadRequest, $"The radius is 0 to {partner.LargestRadius}.");
        }

        if (MatchHashes.Refuse(context, partner, rates, purpose, turned == true ? Hashes : 4) is { } refused)
        {
            return refused;
        }

        using var receiving = await room.Receive(cancellation);
        if (receiving is null)
        {
            return Busy(context);
        }

        var (image, problem) = await Receive(context.Request, room, cancellation);
        using (image)
        {
            if (image is null)
            {
                return problem!;
            }

            using var decoding = await room.Decode(cancellation);
            if (decoding is null)
            {
                return Busy(context);
            }

            try
            {
                var inspection = await new MediaSandbox(Limits, clock).Inspect(image.Bytes, cancellation);
                var (ways, said) = ImageLook.Of(image.Bytes.Span, inspection, partner, radius ?? 0, turned == true);
                var (change, answers) = await answer.Handle(partner, purpose!, [new AnswerPartner.Question(ways, null)], cancellation);
                return TypedResults.Json(new MatchMessages.ImageResponse(change, said, answers[0].Matches!, answers[0].More), MatchJson.Strict.ImageResponse);
            }
            catch (SandboxUnavailableException e)
            {
                log.LogError(e, "A partner's picture couldn't be looked up.");
                return MatchHashes.Problem(StatusCodes.Status503ServiceUnavailable, "Pictures can't be decoded here at present. Hashes can be looked up.");
            }
        }
    }

    private static async Task<(ReceiveImage? Image, IResult? Problem)> Receive(HttpRequest request, ImageRoom room, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(room.ToReceive);
        try
        {
            return (await ReceiveImage.From(request, room.MostBytes, late.Token), null);
        }
        catch (InvalidDataException e)
        {
            return (null, MatchHashes.Problem(StatusCodes.Status400BadRequest, e.Message));
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? MatchHashes.Problem(StatusCodes.Status413PayloadTooLarge, $"A picture may have {room.MostBytes >> 20} MB.")
                : MatchHashes.Problem(e.StatusCode, "The picture didn't arrive whole."));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, MatchHashes.Problem(StatusCodes.Status408RequestTimeout, $"The picture didn't arrive within {room.ToReceive.TotalSeconds:0} seconds."));
        }
    }

    private static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return MatchHashes.Problem(StatusCodes.Status503ServiceUnavailable, "Many pictures are being looked up at this moment. Come again in some seconds.");
    }
}
