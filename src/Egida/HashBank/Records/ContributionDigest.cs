using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Egida.HashBank;

/// <summary>SHA-256 over what a statement says, in the order of the records' numbers: who changes a contribution afterwards makes it differ from the log (docs/decisions/0092).</summary>
internal static class ContributionDigest
{
    /// <summary>Number (4 bytes), what it says (1), flags (1), classification (4, 0 where there is none); little-endian.</summary>
    private const int RowLength = 10;

    /// <param name="inOrder">By their records' numbers.</param>
    public static byte[] Of(IEnumerable<Contribution> inOrder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> rows = stackalloc byte[64 * RowLength];
        var used = 0;
        foreach (var row in inOrder)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rows[used..], row.RecordId.Value);
            rows[used + 4] = (byte)row.Says;
            rows[used + 5] = (byte)row.Flags;
            BinaryPrimitives.WriteInt32LittleEndian(rows[(used + 6)..], row.ClassificationId ?? 0);
            used += RowLength;
            if (used == rows.Length)
            {
                hash.AppendData(rows);
                used = 0;
            }
        }

        hash.AppendData(rows[..used]);
        return hash.GetHashAndReset();
    }
}
