using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Egida.HashSearch;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// What comes out of the sandbox: always the same number of bytes, only numbers, hashes and pixels. Text would need
/// escaping, lengths would need trust; there are none.
/// </summary>
internal sealed class InspectionRecord
{
    public const int ThumbnailSide = 160;
    public const int PreviewSide = 1024;
    public const int ByteLength = HeaderLength + ThumbnailLength + PreviewLength;

    private const uint Magic = 0x31_53_4D_45; // "EMS1": the last character is the version
    private const int HashesAt = 64;
    private const int HeaderLength = 512;
    private const int ThumbnailLength = ThumbnailSide * ThumbnailSide;
    private const int PreviewLength = PreviewSide * PreviewSide * 3;
    private static readonly int s_hashCount = Enum.GetValues<Dihedral>().Length;

    public required InspectionStatus Status { get; init; }
    public MediaKind Kind { get; init; }
    public MediaFormat Format { get; init; }
    public ContentMarks Marks { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public int Frames { get; init; }

    /// <summary>The EXIF orientation, 1 to 8; hashes and previews are of the pixels as stored.</summary>
    public byte Orientation { get; init; } = 1;
    public byte Quality { get; init; }

    /// <summary>The eight PDQ hashes in the order of <see cref="Dihedral"/>.</summary>
    public IReadOnlyList<Hash256> Pdq { get; init; } = [];

    /// <summary>Grey, <see cref="ThumbnailSide"/> squared, the picture in the middle on black.</summary>
    public ReadOnlyMemory<byte> Thumbnail { get; init; }
    public int PreviewWidth { get; init; }
    public int PreviewHeight { get; init; }

    /// <summary>Red, green, blue; <see cref="PreviewWidth"/> × <see cref="PreviewHeight"/>, at most <see cref="PreviewSide"/> each way.</summary>
    public ReadOnlyMemory<byte> Preview { get; init; }

    /// <summary>The same, as what it is: the first frame of a video.</summary>
    public InspectionRecord AsVideo(MediaFormat format) => new()
    {
        Status = Status,
        Kind = MediaKind.Video,
        Format = format,
        Width = Width,
        Height = Height,
        Frames = 1,
        Quality = Quality,
        Pdq = Pdq,
        Thumbnail = Thumbnail,
        PreviewWidth = PreviewWidth,
        PreviewHeight = PreviewHeight,
        Preview = Preview,
    };

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        var header = bytes.AsSpan(0, HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        header[4] = (byte)Status;
        header[5] = (byte)Kind;
        header[6] = (byte)Format;
        header[7] = (byte)Marks;
        header[8] = Orientation;
        header[9] = Quality;
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], Height);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], Frames);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], PreviewWidth);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], PreviewHeight);
        foreach (var (index, hash) in Pdq.Index()) hash.CopyTo(header[(HashesAt + index * Hash256.ByteLength)..]);
        Thumbnail.Span.CopyTo(bytes.AsSpan(HeaderLength, ThumbnailLength));
        Preview.Span.CopyTo(bytes.AsSpan(HeaderLength + ThumbnailLength));
        return bytes;
    }

    /// <summary>False for anything that an honest sandbox would not have written.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out InspectionRecord? record)
    {
        record = bytes.Length == ByteLength ? Read(bytes) : null;
        if (record is { IsPlausible: false }) record = null;
        return record is not null;
    }

    private static InspectionRecord? Read(ReadOnlyMemory<byte> bytes)
    {
        var header = bytes.Span[..HeaderLength];
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic) return null;

        var (previewWidth, previewHeight) =
            (BinaryPrimitives.ReadInt32LittleEndian(header[24..]), BinaryPrimitives.ReadInt32LittleEndian(header[28..]));
        if (previewWidth is < 0 or > PreviewSide || previewHeight is < 0 or > PreviewSide) return null;

        var hashes = new Hash256[s_hashCount];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = Hash256.FromBytes(header.Slice(HashesAt + i * Hash256.ByteLength, Hash256.ByteLength));
        return new()
        {
            Status = (InspectionStatus)header[4],
            Kind = (MediaKind)header[5],
            Format = (MediaFormat)header[6],
            Marks = (ContentMarks)header[7],
            Orientation = header[8],
            Quality = header[9],
            Width = BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
            Height = BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
            Frames = BinaryPrimitives.ReadInt32LittleEndian(header[20..]),
            PreviewWidth = previewWidth,
            PreviewHeight = previewHeight,
            Pdq = hashes,
            Thumbnail = bytes.Slice(HeaderLength, ThumbnailLength),
            Preview = bytes.Slice(HeaderLength + ThumbnailLength, previewWidth * previewHeight * 3),
        };
    }

    private bool IsPlausible =>
        Enum.IsDefined(Status) && Enum.IsDefined(Kind) && Enum.IsDefined(Format)
        && (Marks & ~(ContentMarks.Incomplete | ContentMarks.TrailingData)) == 0
        && Orientation is >= 1 and <= 8 && Quality <= 100
        && Width >= 0 && Height >= 0 && Frames >= 0
        && Status switch
        {
            InspectionStatus.Decoded => Kind != MediaKind.None && Width > 0 && Height > 0 && Frames > 0 && PreviewWidth > 0 && PreviewHeight > 0,
            InspectionStatus.NeedsFirstFrame => Kind == MediaKind.Video,
            _ => PreviewWidth == 0 && PreviewHeight == 0,
        };
}
