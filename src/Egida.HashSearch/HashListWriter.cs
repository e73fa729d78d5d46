using System.Buffers.Text;
using System.Text;

namespace Egida.HashSearch;

/// <summary>How a list of hashes is written.</summary>
public enum HashListForm
{
    /// <summary>The digits, and metadata after a comma: <c>d41d…427e,name</c>.</summary>
    Bare,

    /// <summary>As Meta's PDQ tools write: <c>hash=d41d…427e,name</c>.</summary>
    Prefixed,

    /// <summary>As the local file of python-threatexchange: <c>pdq d41d…427e</c>. It has no metadata. Videos' MD5 are its <c>video_md5</c>.</summary>
    WithSignalType,
}

/// <summary>Writes lists of hashes that <see cref="HashListFile"/> and the field's tools read: UTF-8 without a mark, LF, lower-case digits.</summary>
/// <remarks>Not for several threads at once. The stream stays open.</remarks>
public sealed class HashListWriter : IDisposable
{
    private const int BufferLength = 1 << 16;

    private readonly Stream _stream;
    private readonly HashListForm _form;
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    /// <param name="stream">Where the list goes, from where it stands.</param>
    /// <param name="form">What the lines look like.</param>
    public HashListWriter(Stream stream, HashListForm form = HashListForm.Bare)
    {
        if (!Enum.IsDefined(form)) throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form of a list.");
        (_stream, _form) = (stream, form);
    }

    /// <summary>Writes a PDQ hash.</summary>
    /// <inheritdoc cref="Add{TDigest}(TDigest, string)"/>
    public void Add(Hash256 hash, string metadata = "")
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        hash.CopyTo(bytes);
        AddDigits("pdq"u8, bytes, metadata);
    }

    /// <summary>Writes a vector in base64; with its signal type as <c>photodna</c>.</summary>
    /// <inheritdoc cref="Add{TDigest}(TDigest, string)"/>
    public void Add(OpaqueVector144 vector, string metadata = "")
    {
        Span<byte> text = stackalloc byte[OpaqueVector144.ByteLength / 3 * 4];
        Base64.EncodeToUtf8(vector.Bytes, text, out _, out _);
        Add("photodna"u8, text, metadata);
    }

    /// <summary>Writes a digest.</summary>
    /// <param name="metadata">What follows the comma; empty for none.</param>
    /// <exception cref="ArgumentException">The metadata has more than one line or is too long; or this form has none.</exception>
    public void Add<TDigest>(TDigest digest, string metadata = "") where TDigest : unmanaged, IDigest<TDigest>
    {
        Span<byte> bytes = stackalloc byte[TDigest.Length];
        digest.CopyTo(bytes);
        AddDigits(TDigest.Kind switch { HashKind.Md5 => "video_md5"u8, HashKind.Sha1 => "sha1"u8, _ => "sha256"u8 }, bytes, metadata);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void AddDigits(ReadOnlySpan<byte> signalType, ReadOnlySpan<byte> hash, string metadata)
    {
        Span<byte> digits = stackalloc byte[2 * Hash256.ByteLength];
        Convert.TryToHexStringLower(hash, digits, out var written);
        Add(signalType, digits[..written], metadata);
    }

    private void Add(ReadOnlySpan<byte> signalType, ReadOnlySpan<byte> text, string metadata)
    {
        if (metadata.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("Metadata is one line.", nameof(metadata));
        if (metadata.Length > 0 && _form == HashListForm.WithSignalType)
            throw new ArgumentException("The local file of python-threatexchange has no metadata.", nameof(metadata));
        // With the rest of the line below what the reader takes.
        if (Encoding.UTF8.GetByteCount(metadata) > 60_000) throw new ArgumentException("Metadata has at most 60,000 bytes.", nameof(metadata));

        if (_form == HashListForm.WithSignalType)
        {
            Append(signalType);
            Append(" "u8);
        }
        if (_form == HashListForm.Prefixed) Append("hash="u8);
        Append(text);
        if (metadata.Length > 0)
        {
            Append(","u8);
            Append(Encoding.UTF8.GetBytes(metadata));
        }
        Append("\n"u8);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            _stream.Write(_buffer, 0, _length);
            _length = 0;
        }
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
