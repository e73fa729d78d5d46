using Egida.Platform.Sandboxing;

namespace Egida.Decoding;

/// <summary>Decides by content, never by name, what a file is, and decodes it if it is a picture.</summary>
internal static class Inspect
{
    public static InspectionRecord File(string path, long mostPixels)
    {
        using var file = System.IO.File.OpenRead(path);
        if (file.Length == 0) return new() { Status = InspectionStatus.Empty };

        var format = Signature.Of(file);
        return format switch
        {
            >= MediaFormat.Jpeg and <= MediaFormat.Heic => Picture(path, file, format, mostPixels),
            >= MediaFormat.Mp4 and <= MediaFormat.Ogg =>
                new() { Status = InspectionStatus.NeedsFirstFrame, Kind = MediaKind.Video, Format = format },
            _ => new() { Status = InspectionStatus.Unsupported, Format = format },
        };
    }

    // Strictly first, so that damage is noticed; then once more, forgiving, for what can still be seen.
    private static InspectionRecord Picture(string path, FileStream file, MediaFormat format, long mostPixels)
    {
        var marks = PictureEnd.Marks(file, format);
        try
        {
            return PictureDecoder.Decode(path, format, mostPixels, marks, forgiving: false);
        }
        catch (VipsException)
        {
            try
            {
                return PictureDecoder.Decode(path, format, mostPixels, marks | ContentMarks.Incomplete, forgiving: true);
            }
            catch (VipsException)
            {
                return new() { Status = InspectionStatus.Undecodable, Format = format };
            }
        }
    }
}
