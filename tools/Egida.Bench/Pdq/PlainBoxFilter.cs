using Egida.HashSearch.Pdq;

namespace Egida.Bench.Pdq;

/// <summary>
/// Two rounds of means along rows and down columns, each line by itself over the whole picture, as the published code does it. Its
/// columns walk through memory with the stride of a row, which is where published implementations spend their time.
/// </summary>
internal static class PlainBoxFilter
{
    public static float[] Blur(byte[] grey, int width, int height)
    {
        var (picture, other) = (new float[grey.Length], new float[grey.Length]);
        for (var i = 0; i < grey.Length; i++) picture[i] = grey[i];
        for (var round = 0; round < 2; round++)
        {
            for (var y = 0; y < height; y++) Line(picture, other, y * width, 1, width);
            for (var x = 0; x < width; x++) Line(other, picture, x, width, height);
        }
        return picture;
    }

    private static void Line(float[] from, float[] to, int start, int step, int length)
    {
        var window = BoxWindow.ForSide(length);
        var sum = 0f;
        for (var i = 0; i < window.Lead; i++) sum += from[start + i * step];
        for (var i = 0; i < length; i++)
        {
            var (incoming, leaving) = (i + window.Lead, i + window.Lead - window.Size);
            if (incoming < length) sum += from[start + incoming * step];
            if (leaving >= 0) sum -= from[start + leaving * step];
            to[start + i * step] = sum / (Math.Min(incoming + 1, length) - Math.Max(leaving + 1, 0));
        }
    }
}
