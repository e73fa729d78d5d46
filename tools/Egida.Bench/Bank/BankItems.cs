using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Egida.Bench.Bank;

/// <summary>Items that exist only as their number: SHA-1, MD5 and PDQ each, uniform. One line in fifty is an item that was there before.</summary>
internal static class BankItems
{
    private const int Double = 50;

    /// <summary>Lines for so many items.</summary>
    public static long Rows(int records) => records + records / Double;

    public static byte[] Sha1(int item) => Hash(1, item)[..20];

    public static byte[] Md5(int item) => Hash(2, item)[..16];

    public static byte[] Pdq(int item) => Hash(3, item);

    public static async Task Write(string path, int records, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write("sha1,md5,pdq\n"u8);
        var line = new byte[40 + 1 + 32 + 1 + 64 + 1];
        for (var item = 0; item < records; item++)
        {
            if ((item & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            Write(file, line, item);
            if (item % Double == Double - 1) Write(file, line, item / 2);
        }
    }

    private static void Write(FileStream file, byte[] line, int item)
    {
        line.AsSpan().Fill((byte)',');
        Convert.TryToHexStringLower(Sha1(item), line.AsSpan(0, 40), out _);
        Convert.TryToHexStringLower(Md5(item), line.AsSpan(41, 32), out _);
        Convert.TryToHexStringLower(Pdq(item), line.AsSpan(74, 64), out _);
        line[^1] = (byte)'\n';
        file.Write(line);
    }

    private static byte[] Hash(int kind, int item)
    {
        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(seed, kind);
        BinaryPrimitives.WriteInt32LittleEndian(seed[4..], item);
        return SHA256.HashData(seed);
    }
}
