using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>All ranges of one kind and epoch in a mapped file: a header, then range after range, each with the same number of blurred hashes in their order.</summary>
internal sealed class RangeFile : IDisposable
{
    public const int HeaderLength = 64;

    private readonly MemoryMappedFile mapped;
    private readonly MemoryMappedViewAccessor view;

    private RangeFile(string path)
    {
        mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        var header = new byte[HeaderLength];
        var read = view.ReadArray(0, header, 0, HeaderLength);
        if (read < HeaderLength || !header.AsSpan().StartsWith(Magic))
        {
            throw Damaged(path);
        }

        Shape = new RangeShape(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)), BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)));
        Change = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
        if (Shape is not { Digits: >= 1 and <= RangeShape.MostDigits, Lines: > 0 } || new FileInfo(path).Length != LengthOf(Shape))
        {
            throw Damaged(path);
        }
    }

    private static ReadOnlySpan<byte> Magic => "EGRANGE1"u8;

    public RangeShape Shape { get; }

    /// <summary>The bank's change number that it was made at.</summary>
    public long Change { get; }

    /// <exception cref="InvalidDataException">It isn't such a file, or not whole.</exception>
    public static RangeFile Open(string path)
    {
        try
        {
            return new RangeFile(path);
        }
        catch (ArgumentException)
        {
            // An empty file can't be mapped.
            throw Damaged(path);
        }
    }

    public static byte[] Header(RangeShape shape, long change)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), shape.Digits);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), shape.Lines);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), change);
        return header;
    }

    public static long PlaceOf(RangeShape shape, int range) => HeaderLength + (long)range * shape.Lines * BlurredHash.Length;

    public static long LengthOf(RangeShape shape) => PlaceOf(shape, shape.Ranges);

    /// <summary>The lines of one range as they are sent: 32 digits and a line feed each, so that all ranges have the same size.</summary>
    public byte[] Lines(int range)
    {
        var bytes = new byte[Shape.Lines * BlurredHash.Length];
        view.ReadArray(PlaceOf(Shape, range), bytes, 0, bytes.Length);
        var text = new byte[Shape.Lines * (BlurredHash.LineDigits + 1)];
        for (var line = 0; line < Shape.Lines; line++)
        {
            var digits = Convert.ToHexStringLower(bytes, line * BlurredHash.Length, BlurredHash.Length).AsSpan(Shape.Digits, BlurredHash.LineDigits);
            Encoding.ASCII.GetBytes(digits, text.AsSpan(line * (BlurredHash.LineDigits + 1)));
            text[(line + 1) * (BlurredHash.LineDigits + 1) - 1] = (byte)'\n';
        }

        return text;
    }

    public void Dispose()
    {
        view.Dispose();
        mapped.Dispose();
    }

    private static InvalidDataException Damaged(string path) => new($"'{path}' isn't a whole file of ranges. Delete it: it is made again.");
}
