using System.Security.Cryptography;
using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.HashBank.Partners.Images;

/// <summary>By what a picture is looked up, and what is said about it. Pure.</summary>
internal static class ImageLook
{
    /// <param name="turned">Also mirrored and turned: all eight ways that a copy may lie.</param>
    public static (IReadOnlyList<BankSearch.Asked> Ways, MatchMessages.Image Said) Of(ReadOnlySpan<byte> bytes, Inspection inspection, HashPartner partner, int radius, bool turned)
    {
        var looks = Looks(inspection, turned, out var why);
        List<BankSearch.Asked> ways =
        [
            new(HashKind.Sha256, SHA256.HashData(bytes)), new(HashKind.Sha1, SHA1.HashData(bytes)), new(HashKind.Md5, MD5.HashData(bytes)),
            .. looks.Select(look => new BankSearch.Asked(HashKind.Pdq, look.ToByteArray(), radius)),
        ];
        ways.RemoveAll(way => !partner.MayAsk(way.Kind));
        var decoded = inspection as Inspection.Decoded;
        return (ways, new MatchMessages.Image(
            decoded?.Format.ToString().ToLowerInvariant(), decoded?.Width, decoded?.Height, decoded?.Pdq.Quality,
            partner.MayAsk(HashKind.Pdq) ? why : new MatchMessages.Refusal("not-allowed", "You may not look up pdq: the picture was looked up by its bytes only.")));
    }

    private static IReadOnlyList<Hash256> Looks(Inspection inspection, bool turned, out MatchMessages.Refusal? why)
    {
        why = inspection switch
        {
            Inspection.Decoded { Kind: MediaKind.Video } => new("video", "A video is looked up by its frames; here it was by its bytes only."),
            Inspection.Decoded picture when !HashText.ShowsSomething(picture.Pdq.Hash.ToByteArray(), picture.Pdq.Quality) =>
                new("low-quality", "The picture is almost flat, and would match any such: it was looked up by its bytes only."),
            Inspection.Decoded => null,
            Inspection.TooLarge => new("too-many-pixels", "The picture has too many pixels: it was looked up by its bytes only."),
            Inspection.TimedOut => new("timed-out", "Decoding took too long and was stopped: the picture was looked up by its bytes only."),
            Inspection.Undecodable => new("damaged", "The picture can't be decoded: it was looked up by its bytes only."),
            _ => new("not-a-picture", "This isn't a picture that is known here: it was looked up by its bytes only."),
        };
        return why is not null || inspection is not Inspection.Decoded shown ? []
            : !turned ? [shown.Pdq.Hash]
            : [.. shown.TurnedPdq.Where(way => HashText.ShowsSomething(way.ToByteArray(), null))];
    }
}
