using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Egida.Police.Sealing;

/// <summary>The pieces of an OCTET STRING of unknown length: each is a primitive OCTET STRING of its own.</summary>
internal sealed class BerOctets(Stream target) : WriteOnly
{
    private const int PieceSize = 1 << 16;
    private const int HeaderSize = 6;

    private readonly byte[] piece = new byte[HeaderSize + PieceSize];
    private int filled;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var part = Math.Min(buffer.Length, PieceSize - filled);
            buffer[..part].CopyTo(piece.AsSpan(HeaderSize + filled));
            filled += part;
            buffer = buffer[part..];
            if (filled == PieceSize)
            {
                Emit();
            }
        }
    }

    /// <summary>Writes what is left. Whoever began the string ends it.</summary>
    public void Finish()
    {
        if (filled > 0)
        {
            Emit();
        }

        CryptographicOperations.ZeroMemory(piece);
    }

    private void Emit()
    {
        // Tag, then a length in four bytes: BER allows more of them than are needed.
        (piece[0], piece[1]) = (0x04, 0x84);
        BinaryPrimitives.WriteInt32BigEndian(piece.AsSpan(2), filled);
        target.Write(piece.AsSpan(0, HeaderSize + filled));
        filled = 0;
    }
}
