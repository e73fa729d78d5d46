using Egida.HashSearch;
using Egida.Platform.Sandboxing;

namespace Egida.Decoding;

/// <summary>
/// Decodes the first frame once, from top to bottom, and makes hash, thumbnail and preview of the rows as they go by. Alpha is
/// dropped and EXIF orientation is not applied, both as in the PDQ reference.
/// </summary>
internal static class PictureDecoder
{
    // What a JPEG can have. Keeps a row, and what is kept of rows, small.
    private const int LongestSide = 65_535;

    public static InspectionRecord Decode(string path, MediaFormat format, long mostPixels, ContentMarks marks, bool forgiving)
    {
        var picture = VipsImage.Load(Loader(format), path, forgiving);
        var (width, height, frames) = (picture.Width, picture.Height, picture.Pages);
        if ((long)width * height > mostPixels || Math.Max(width, height) > LongestSide)
            return new() { Status = InspectionStatus.TooManyPixels, Format = format, Marks = marks, Width = width, Height = height, Frames = frames };

        var plain = picture.InEightBits();
        var channels = plain.Bands < 3 ? 1 : 3;
        var preview = new Shrinker(width, height, channels, InspectionRecord.PreviewSide);
        var thumbnail = new Shrinker(width, height, channels, InspectionRecord.ThumbnailSide);
        var pdq = new PdqRows(width, height, channels);
        ForEachStrip(plain, channels, rows =>
        {
            var row = width * channels;
            pdq.Add(rows, row);
            for (; rows.Length > 0; rows = rows[row..])
            {
                preview.Add(rows[..row]);
                thumbnail.Add(rows[..row]);
            }
        });

        var hashes = pdq.CompleteDihedral();
        return new()
        {
            Status = InspectionStatus.Decoded,
            Kind = frames > 1 && format is MediaFormat.Gif or MediaFormat.WebP ? MediaKind.Animation : MediaKind.Image,
            Format = format,
            Marks = marks,
            Width = width,
            Height = height,
            Frames = frames,
            Orientation = picture.Orientation,
            Quality = (byte)hashes.Quality,
            Pdq = hashes.Hashes,
            Thumbnail = Canvas.Centred(Canvas.Grey(thumbnail.Finish(), channels), thumbnail.Width, thumbnail.Height, InspectionRecord.ThumbnailSide),
            PreviewWidth = preview.Width,
            PreviewHeight = preview.Height,
            Preview = Canvas.Rgb(preview.Finish(), channels),
        };
    }

    private static string Loader(MediaFormat format) => format switch
    {
        MediaFormat.Jpeg => "jpegload",
        MediaFormat.Png => "pngload",
        MediaFormat.Gif => "gifload",
        MediaFormat.Tiff => "tiffload",
        MediaFormat.WebP => "webpload",
        MediaFormat.Avif or MediaFormat.Heic => "heifload",
        _ => throw new VipsException(),
    };

    // Without alpha.
    private static void ForEachStrip(VipsImage picture, int channels, VipsImage.StripTaker take)
    {
        var bands = picture.Bands;
        if (bands == channels)
        {
            picture.ForEachStrip(take);
            return;
        }
        byte[] picked = [];
        picture.ForEachStrip(rows =>
        {
            var bytes = rows.Length / bands * channels;
            if (picked.Length < bytes) picked = new byte[bytes];
            for (int from = 0, to = 0; to < bytes; from += bands, to += channels) rows.Slice(from, channels).CopyTo(picked.AsSpan(to));
            take(picked.AsSpan(0, bytes));
        });
    }
}
