using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Matching;

/// <summary>What the sandbox saw, in this feature's words: the kind, a mark where something is wrong with the file, hashes and previews of a picture.</summary>
internal sealed record Sighting(MediaKind Kind, string? Mark)
{
    public int? Width { get; private init; }

    public int? Height { get; private init; }

    public PdqResult? Pdq { get; private init; }

    /// <summary>PDQ of the picture in its eight turned and mirrored ways; empty where there is no picture.</summary>
    public IReadOnlyList<Hash256> Turned { get; private init; } = [];

    /// <summary>Null where there is no picture.</summary>
    public (PreviewPixels Small, PreviewPixels Large)? Previews { get; private init; }

    public bool IsPicture => Pdq is not null;

    public static Sighting Of(Inspection inspection) => inspection switch
    {
        Inspection.Decoded decoded => new Sighting(KindOf(decoded.Kind), MarkOf(decoded.Record.Marks))
        {
            Width = decoded.Width,
            Height = decoded.Height,
            Pdq = decoded.Pdq,
            Turned = decoded.TurnedPdq,
            Previews = PreviewsOf(decoded.Record),
        },
        Inspection.Empty => new Sighting(MediaKind.Other, "empty"),
        Inspection.Unsupported unsupported => new Sighting(KindOf(unsupported.Format), $"unsupported:{unsupported.Format.ToString().ToLowerInvariant()}"),
        Inspection.Undecodable undecodable => new Sighting(KindOf(undecodable.Format), "undecodable"),
        Inspection.TooLarge => new Sighting(MediaKind.Other, "too-large"),
        Inspection.TimedOut => new Sighting(MediaKind.Other, "timed-out"),
        _ => throw new InvalidOperationException("unreachable: Inspection is closed"),
    };

    private static MediaKind KindOf(Platform.Sandboxing.MediaKind kind) => kind switch
    {
        Platform.Sandboxing.MediaKind.Image => MediaKind.Image,
        Platform.Sandboxing.MediaKind.Animation => MediaKind.Animation,
        Platform.Sandboxing.MediaKind.Video => MediaKind.Video,
        _ => MediaKind.Other,
    };

    private static MediaKind KindOf(MediaFormat format) => format switch
    {
        >= MediaFormat.Jpeg and <= MediaFormat.Heic => MediaKind.Image,
        >= MediaFormat.Mp4 and <= MediaFormat.Ogg => MediaKind.Video,
        _ => MediaKind.Other,
    };

    private static string? MarkOf(ContentMarks marks) => marks switch
    {
        ContentMarks.None => null,
        ContentMarks.Incomplete => "truncated",
        ContentMarks.TrailingData => "trailing-data",
        _ => "truncated trailing-data",
    };

    private static (PreviewPixels Small, PreviewPixels Large) PreviewsOf(InspectionRecord record) => (
        new PreviewPixels(InspectionRecord.ThumbnailSide, InspectionRecord.ThumbnailSide, 1, record.Thumbnail.ToArray()),
        new PreviewPixels(record.PreviewWidth, record.PreviewHeight, 3, record.Preview.ToArray()));
}
