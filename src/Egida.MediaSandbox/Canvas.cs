namespace Egida.Decoding;

/// <summary>Brings small pictures into the shapes that the record has room for.</summary>
internal static class Canvas
{
    public static byte[] Grey(byte[] pixels, int channels)
    {
        if (channels == 1) return pixels;
        var grey = new byte[pixels.Length / 3];
        for (int i = 0, p = 0; i < grey.Length; i++, p += 3) grey[i] = (byte)((299 * pixels[p] + 587 * pixels[p + 1] + 114 * pixels[p + 2] + 500) / 1000);
        return grey;
    }

    public static byte[] Rgb(byte[] pixels, int channels)
    {
        if (channels == 3) return pixels;
        var rgb = new byte[pixels.Length * 3];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = pixels[i / 3];
        return rgb;
    }

    public static byte[] Centred(byte[] grey, int width, int height, int side)
    {
        var canvas = new byte[side * side];
        var (left, top) = ((side - width) / 2, (side - height) / 2);
        for (var y = 0; y < height; y++) grey.AsSpan(y * width, width).CopyTo(canvas.AsSpan((top + y) * side + left));
        return canvas;
    }
}
