using System.Buffers.Binary;

namespace Egida.Matching;

/// <summary>
/// A decoded picture as the sandbox gave it, scaled down: rows of 1 (grey) or 3 (RGB) bytes a pixel. Sealed like any evidence; the browser
/// only ever gets a PNG that the server encodes from it.
/// </summary>
public sealed record PreviewPixels
{
    private const int HeaderLength = 12;

    public PreviewPixels(int width, int height, int channels, byte[] pixels)
    {
        if (width is < 1 or > 4096 || height is < 1 or > 4096 || channels is not (1 or 3) || pixels.Length != width * height * channels)
        {
            throw new InvalidDataException("The preview's size doesn't fit its pixels.");
        }

        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public byte[] Pixels { get; }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + Pixels.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Height);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Channels);
        Pixels.CopyTo(bytes, HeaderLength);
        return bytes;
    }

    public static PreviewPixels FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length < HeaderLength
        ? throw new InvalidDataException("The preview is shorter than its header.")
        : new PreviewPixels(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            bytes[HeaderLength..].ToArray());
}
