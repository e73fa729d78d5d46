namespace Egida.HashSearch.Files;

/// <summary>A section of known length that is written piece by piece while others behind it are.</summary>
internal sealed unsafe class ReservedSection(IStorageFile file, string name, long offset, long length)
{
    private const int Piece = 1 << 20;

    private long _written;
    private Crc32C _crc = new();

    public string Name => name;

    /// <summary>As it is in the file's table.</summary>
    /// <exception cref="InvalidOperationException">Some of it wasn't written.</exception>
    public Section Section => _written == length
        ? new(name, offset, length, _crc.Value)
        : throw new InvalidOperationException($"Of the section '{name}' {_written} of {length} bytes were written.");

    /// <summary>The next bytes.</summary>
    public void Write(byte* content, long bytes)
    {
        if (bytes > length - _written) throw new InvalidOperationException($"The section '{name}' has room for {length} bytes.");
        for (long at = 0; at < bytes; at += Piece)
        {
            var piece = new ReadOnlySpan<byte>(content + at, (int)Math.Min(Piece, bytes - at));
            _crc.Append(piece);
            file.Write(offset + _written, piece);
            _written += piece.Length;
        }
    }
}
