namespace Egida.Decoding;

/// <summary>A picture that libvips decodes as its rows are asked for, from top to bottom.</summary>
internal sealed class VipsImage
{
    private const int EightBits = 0; // VIPS_FORMAT_UCHAR
    private readonly nint _image;

    private VipsImage(nint image) => _image = image;

    static VipsImage()
    {
        if (Vips.Init("egida") != 0) throw new VipsException();
        Vips.SetConcurrency(1);
        // Every loader is off but those of formats that pictures on the web are made of: no SVG, no PDF, no ImageMagick.
        Vips.Block("VipsForeignLoad", blocked: true);
        foreach (var loader in (string[])["Jpeg", "Png", "Nsgif", "Tiff", "Webp", "Heif"]) Vips.Block("VipsForeignLoad" + loader, blocked: false);
    }

    public int Width => Vips.Width(_image);
    public int Height => Vips.Height(_image);
    public int Bands => Vips.Bands(_image);
    public int Pages => Math.Max(1, Vips.Pages(_image));
    public byte Orientation => (byte)Math.Clamp(Vips.Orientation(_image), 1, 8);

    public static VipsImage Load(string loader, string path, bool forgiving) =>
        Run(loader, image: 0, ("filename", path), ("access", "sequential"), ("fail-on", forgiving ? "none" : "error"));

    /// <summary>Eight bits, grey or sRGB. What is that already stays untouched, profiles included, as the PDQ reference has it.</summary>
    public VipsImage InEightBits()
    {
        var interpretation = Vips.Interpretation(_image);
        if (Vips.BandFormat(_image) == EightBits && interpretation is (int)Colours.Multiband or (int)Colours.Grey or (int)Colours.Rgb or (int)Colours.SRgb)
            return this;
        var converted = Run("colourspace", _image, ("space", Bands < 3 ? "b-w" : "srgb"));
        return Vips.BandFormat(converted._image) == EightBits ? converted : Run("cast", converted._image, ("format", "uchar"));
    }

    /// <summary>Takes some rows without gaps, all bands of them; the bytes are there only until it returns.</summary>
    public delegate void StripTaker(ReadOnlySpan<byte> rows);

    /// <summary>
    /// Calls back with 32 rows after the other, at the end with those that are left: few enough to be still in the cache when they are taken.
    /// </summary>
    public unsafe void ForEachStrip(StripTaker take)
    {
        const int stripRows = 32;
        var region = Vips.NewRegion(_image);
        var stride = Width * Bands;
        for (var top = 0; top < Height; top += stripRows)
        {
            var rows = Math.Min(stripRows, Height - top);
            var pixels = Vips.Fetch(region, 0, top, Width, rows, out var length);
            if (pixels == 0 || length != (nuint)((long)rows * stride)) throw new VipsException();
            take(new((byte*)pixels, rows * stride));
            Vips.Free(pixels);
        }
    }

    private static VipsImage Run(string operation, nint image, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var instance = Vips.NewOperation(operation);
        if (instance == 0) throw new VipsException();
        var value = new Vips.GValue();
        Vips.InitValue(ref value, Vips.ImageType());
        if (image != 0)
        {
            Vips.SetObject(ref value, image);
            Vips.SetProperty(instance, "in", ref value);
        }
        foreach (var (name, text) in arguments)
            if (Vips.SetArgument(instance, name, text) != 0) throw new VipsException();

        var built = Vips.Build(instance);
        if (built == 0) throw new VipsException();
        var result = new Vips.GValue();
        Vips.InitValue(ref result, Vips.ImageType());
        Vips.GetProperty(built, "out", ref result);
        return new(Vips.GetObject(ref result));
    }

    // VipsInterpretation
    private enum Colours
    {
        Multiband = 0,
        Grey = 1,
        Rgb = 17,
        SRgb = 22,
    }
}
