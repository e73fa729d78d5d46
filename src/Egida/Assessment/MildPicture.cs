using Egida.Matching;
using Egida.Platform.Web;

namespace Egida.Assessment;

/// <summary>The mildest way that still allows a decision: small, grey, and blurred so far that only large shapes remain.</summary>
internal static class MildPicture
{
    private const int Radius = 7;
    private const int Rounds = 3;

    public static byte[] Blurred(PreviewPixels preview)
    {
        var grey = Grey(preview);
        for (var round = 0; round < Rounds; round++)
        {
            grey = Blur(grey, preview.Width, preview.Height, stepAlong: 1, stepAcross: preview.Width);
            grey = Blur(grey, preview.Height, preview.Width, stepAlong: preview.Width, stepAcross: 1);
        }

        return Png.Encode(preview.Width, preview.Height, 1, grey);
    }

    /// <summary>As decoded: only after a deliberate reveal.</summary>
    public static byte[] Revealed(PreviewPixels preview) => Png.Encode(preview.Width, preview.Height, preview.Channels, preview.Pixels);

    private static byte[] Grey(PreviewPixels preview)
    {
        if (preview.Channels == 1)
        {
            return preview.Pixels;
        }

        var grey = new byte[preview.Width * preview.Height];
        for (var i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)((0.299 * preview.Pixels[3 * i]) + (0.587 * preview.Pixels[(3 * i) + 1]) + (0.114 * preview.Pixels[(3 * i) + 2]));
        }

        return grey;
    }

    /// <summary>Box blur of every line, by a running sum; at the edges over the pixels that are there.</summary>
    private static byte[] Blur(byte[] from, int length, int lines, int stepAlong, int stepAcross)
    {
        var to = new byte[from.Length];
        for (var line = 0; line < lines; line++)
        {
            int start = line * stepAcross, sum = 0, count = 0;
            for (var ahead = 0; ahead < Math.Min(Radius, length); ahead++)
            {
                sum += from[start + (ahead * stepAlong)];
                count++;
            }

            for (var at = 0; at < length; at++)
            {
                if (at + Radius < length)
                {
                    sum += from[start + ((at + Radius) * stepAlong)];
                    count++;
                }

                if (at - Radius - 1 >= 0)
                {
                    sum -= from[start + ((at - Radius - 1) * stepAlong)];
                    count--;
                }

                to[start + (at * stepAlong)] = (byte)(sum / count);
            }
        }

        return to;
    }
}
