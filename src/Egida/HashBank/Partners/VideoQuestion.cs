using Egida.HashSearch;

namespace Egida.HashBank.Partners;

/// <summary>The frames of a video as one question. Pure.</summary>
internal static class VideoQuestion
{
    /// <summary>Frames that a question may have: about an hour, without repetitions.</summary>
    public const int MostFrames = 4000;

    /// <summary>In one request: each is compared with up to a thousand known ones, frame by frame.</summary>
    public const int MostVideos = 16;

    public static AnswerPartner.Question Of(MatchMessages.Asked asked, HashPartner partner)
    {
        if (!partner.MayAsk(HashKind.Frame))
        {
            return AnswerPartner.Question.Refuse("not-allowed", "You may not look up video.");
        }

        if (asked.Radius is not null || asked.Value is not null || asked.Frames is not { Count: > 0 and <= MostFrames } frames)
        {
            return AnswerPartner.Question.Refuse("frames", $"A video has 1 to {MostFrames} frames, and neither value nor radius.");
        }

        var taken = new List<VideoFrame>(frames.Count);
        foreach (var frame in frames)
        {
            if (!Hash256.TryParse(frame?.Value, out var pdq) || frame?.At is not { } at || !(at >= 0) || !double.IsFinite(at) || frame.Quality is < 0 or > 100)
            {
                return AnswerPartner.Question.Refuse("frames", $"Frame {taken.Count} isn't {{\"value\": 64 hexadecimal digits, \"quality\": 0 to 100, \"at\": seconds}}.");
            }

            // As vPDQ: frames without structure say nothing, and would be common to all videos.
            if (HashText.ShowsSomething(pdq.ToByteArray(), frame.Quality)) taken.Add(new VideoFrame(taken.Count, at, pdq, frame.Quality ?? 100));
        }

        return taken.Count == 0
            ? AnswerPartner.Question.Refuse("low-quality", "All frames are almost flat, and would match any such.")
            : new AnswerPartner.Question([], null) { Video = VideoHash.Of(taken) };
    }
}
