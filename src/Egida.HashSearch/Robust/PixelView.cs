namespace Egida.HashSearch.Robust;

/// <summary>A rectangle of somebody's pixels: 8 bits a channel, rows from top to bottom, <c>Stride</c> bytes apart.</summary>
internal readonly ref struct PixelView
{
    private readonly ReadOnlySpan<byte> _pixels;
    private readonly int _stride;

    public PixelView(ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "1, 3 or 4 channels");
        var rowBytes = (long)width * channels;
        if (stride < rowBytes) throw new ArgumentException($"A stride of {stride} bytes can't hold {width} pixels of {channels} channels.", nameof(stride));
        if (pixels.Length < (height - 1L) * stride + rowBytes)
            throw new ArgumentException($"{pixels.Length} bytes don't hold {height} rows of {stride} bytes.", nameof(pixels));
        _pixels = pixels;
        (Width, Height, _stride, Channels) = (width, height, stride, channels);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public ReadOnlySpan<byte> Row(int y) => _pixels.Slice(checked(y * _stride), Width * Channels);

    public ReadOnlySpan<byte> Pixel(int x, int y) => _pixels.Slice(checked(y * _stride + x * Channels), Channels);

    /// <summary>The part that is left when so many pixels are cut from each side.</summary>
    public PixelView Cut(Margins cut) =>
        new(_pixels[checked(cut.Top * _stride + cut.Left * Channels)..], Width - cut.Left - cut.Right, Height - cut.Top - cut.Bottom, _stride, Channels);

    public PdqDihedralResult Hash() => PdqHasher.HashDihedral(_pixels, Width, Height, _stride, Channels);
}
