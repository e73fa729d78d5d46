using System.Security.Cryptography;
using Egida.Decoding;
using Egida.HashSearch;
using Egida.Match.Tool.Archives;
using Egida.Platform.Sandboxing;

namespace Egida.Match.Tool.Scanning;

/// <summary>A file's content, read once: its digests, what it is by its first bytes, and its bytes if somebody has to look at them.</summary>
internal sealed record Content
{
    /// <summary>So many bytes at the begin say what a file is.</summary>
    public const int HeadLength = 4096;

    public required long Length { get; init; }

    public required Md5Hash Md5 { get; init; }

    public required Sha1Hash Sha1 { get; init; }

    public required Sha256Hash Sha256 { get; init; }

    public required MediaFormat Format { get; init; }

    public required ArchiveForm Archive { get; init; }

    /// <summary>Null if nobody needs them, or if there are too many.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    public bool IsPicture => Format is >= MediaFormat.Jpeg and <= MediaFormat.Heic;

    public bool IsVideo => Format is >= MediaFormat.Mp4 and <= MediaFormat.Ogg;

    /// <param name="stream">Read to its end.</param>
    /// <param name="wanted">Which bytes to keep, at most so many; 0 for none.</param>
    public static Content Read(Stream stream, Func<MediaFormat, ArchiveForm, long> wanted, CancellationToken cancel)
    {
        var buffer = new byte[1 << 16];
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        var read = stream.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false);
        var format = Signature.Of(new MemoryStream(buffer, 0, Math.Min(read, HeadLength)));
        var archive = ArchiveForms.Of(buffer.AsSpan(0, read));
        var most = wanted(format, archive);
        var kept = most > 0 ? new MemoryStream() : null;
        long length = 0;
        for (; read > 0; read = stream.Read(buffer))
        {
            cancel.ThrowIfCancellationRequested();
            var piece = buffer.AsSpan(0, read);
            md5.AppendData(piece);
            sha1.AppendData(piece);
            sha256.AppendData(piece);
            length += read;
            if (length > most) kept = null;
            kept?.Write(piece);
        }
        return new()
        {
            Length = length,
            Md5 = Md5Hash.FromBytes(md5.GetHashAndReset()),
            Sha1 = Sha1Hash.FromBytes(sha1.GetHashAndReset()),
            Sha256 = Sha256Hash.FromBytes(sha256.GetHashAndReset()),
            Format = format,
            Archive = archive,
            Bytes = kept?.GetBuffer().AsMemory(0, (int)length),
        };
    }
}
