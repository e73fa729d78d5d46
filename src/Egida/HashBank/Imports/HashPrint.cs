using System.Runtime.InteropServices;
using System.Text;

namespace Egida.HashBank.Imports;

/// <summary>
/// 64 bits of a hash, by which candidates are found. Keyed with a secret of the table, so that nobody can prepare a file whose hashes all fall into one place.
/// </summary>
internal readonly struct HashPrint(ulong one, ulong other)
{
    private const int Names = 64;

    public ulong Of(HashKind kind, ReadOnlySpan<byte> value) => Mix((ulong)kind, value);

    /// <summary>Of a kind that its contributor named.</summary>
    public ulong Of(HashKind kind, string? name, ReadOnlySpan<byte> value) => name is null ? Of(kind, value) : Mix(Mix((ulong)kind, Encoding.UTF8.GetBytes(name)), value);

    /// <summary>Of a source's own name of an entry.</summary>
    public ulong OfKey(short source, string key)
    {
        Span<byte> bytes = stackalloc byte[3 * SourceEntry.LongestKey];
        return Mix((ulong)(Names + source), bytes[..Encoding.UTF8.GetBytes(key, bytes)]);
    }

    private ulong Mix(ulong state, ReadOnlySpan<byte> value)
    {
        state += (ulong)value.Length << 32;
        Span<byte> padded = stackalloc byte[16];
        while (true)
        {
            // The last piece overlaps the one before it; only what is short as a whole is filled up.
            scoped var piece = value;
            if (value.Length < 16)
            {
                padded.Clear();
                value.CopyTo(padded);
                piece = padded;
            }

            var high = Math.BigMul(MemoryMarshal.Read<ulong>(piece) ^ one ^ state, MemoryMarshal.Read<ulong>(piece[8..]) ^ other, out var low);
            state = high ^ low;
            if (value.Length <= 16)
            {
                // Once more, because the product alone leaves its highest bits uneven.
                high = Math.BigMul(state ^ one, other | 1, out low);
                return high ^ low;
            }

            value = value[Math.Min(16, value.Length - 16)..];
        }
    }
}
