using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Egida.HashSearch;

namespace Egida.Match;

/// <summary>
/// Made-up entries, different for each recipient and to be told from real ones only with the hotline's secret. If one of them turns up elsewhere, it
/// says whose list leaked.
/// </summary>
/// <remarks>No file has such a digest, and a made-up PDQ hash is as far from every picture as two unrelated ones: they don't cost a false match.</remarks>
/// <param name="secret">At least 16 bytes, kept by the hotline alone.</param>
public sealed class Canaries(byte[] secret)
{
    private readonly byte[] _secret = secret is { Length: >= 16 } ? [.. secret] : throw new ArgumentException("A secret has at least 16 bytes.", nameof(secret));

    /// <summary>The entry that a recipient has under a number. The same for every version of the series.</summary>
    /// <param name="series">The list's series.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="number">A number that no record has or ever gets, among those of real ones.</param>
    /// <param name="class">A class that many real ones have.</param>
    public ListRecord Of(string series, string recipient, long number, string @class) => new()
    {
        Number = number,
        Class = @class,
        Item = ItemKind.Picture,
        Md5 = [Md5Hash.FromBytes(Bytes("md5", series, recipient, number).AsSpan(0, Md5Hash.ByteLength))],
        Sha1 = [Sha1Hash.FromBytes(Bytes("sha1", series, recipient, number).AsSpan(0, Sha1Hash.ByteLength))],
        Sha256 = [Sha256Hash.FromBytes(Bytes("sha256", series, recipient, number))],
        Pdq = [Balanced(series, recipient, number)],
    };

    /// <summary>Which of the recipients has an entry of this hash under one of these numbers; null if none has.</summary>
    /// <param name="hash">A digest or PDQ hash in hex, as it was found elsewhere.</param>
    /// <param name="series">The list's series.</param>
    /// <param name="recipients">Who gets the list.</param>
    /// <param name="numbers">The numbers that were given to made-up entries.</param>
    public string? WhoseIs(string hash, string series, IEnumerable<string> recipients, IReadOnlyCollection<long> numbers)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(recipients);
        return recipients.FirstOrDefault(recipient => numbers.Any(number => Hashes(Of(series, recipient, number, "-")).Contains(hash, StringComparer.OrdinalIgnoreCase)));
    }

    private static string[] Hashes(ListRecord record) => [$"{record.Md5[0]}", $"{record.Sha1[0]}", $"{record.Sha256[0]}", $"{record.Pdq[0]}"];

    private byte[] Bytes(string kind, string series, string recipient, long number) =>
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"egida canary 1\n{kind}\n{series}\n{recipient}\n{number}\n"));

    // PDQ compares each of 256 numbers with their median: half of a hash's bits are ones.
    private Hash256 Balanced(string series, string recipient, long number)
    {
        var bits = Enumerable.Range(0, Hash256.BitLength).ToArray();
        for (var i = bits.Length - 1; i > 0; i--)
        {
            var choice = BinaryPrimitives.ReadUInt32LittleEndian(Bytes($"pdq {i}", series, recipient, number));
            (bits[i], bits[choice % (i + 1)]) = (bits[choice % (i + 1)], bits[i]);
        }
        var hash = new byte[Hash256.ByteLength];
        foreach (var bit in bits.AsSpan(0, Hash256.BitLength / 2)) hash[bit / 8] |= (byte)(1 << bit % 8);
        return Hash256.FromBytes(hash);
    }
}
