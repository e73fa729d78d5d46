using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>
/// About how many different ranges a partner asked for, in one kilobyte, by linear counting: each sets one of 8,192 bits, chosen by a key that only this installation
/// has. Which ones they were it doesn't say, and over some tens of thousands it only says "many". Pure.
/// </summary>
internal static class PrefixSketch
{
    public const int Bits = 8192;

    public static byte[] Empty => new byte[Bits / 8];

    public static void Add(Span<byte> sketch, ReadOnlySpan<byte> key, int range)
    {
        Span<byte> name = stackalloc byte[4];
        Span<byte> place = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(name, range);
        HMACSHA256.HashData(key, name, place);
        var bit = BinaryPrimitives.ReadUInt16BigEndian(place) % Bits;
        sketch[bit / 8] |= (byte)(1 << (bit % 8));
    }

    public static int Estimate(ReadOnlySpan<byte> sketch)
    {
        var set = 0;
        foreach (var part in sketch) set += BitOperations.PopCount(part);
        // The last bit left open: more can't be told apart.
        return (int)Math.Round(-Bits * Math.Log(Math.Max(1, Bits - set) / (double)Bits));
    }
}
