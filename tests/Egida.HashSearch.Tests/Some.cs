using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

/// <summary>Generators shared by the properties.</summary>
internal static class Some
{
    public static Gen<byte> Byte => Gen.Choose(0, 255).Select(value => (byte)value);

    public static Gen<byte[]> Bytes(int length) => Byte.ArrayOf(length);

    public static Gen<Hash256> Hash => Bytes(Hash256.ByteLength).Select(bytes => Hash256.FromBytes(bytes));

    /// <summary>The hash with up to <paramref name="most"/> bits changed.</summary>
    public static Gen<Hash256> Near(Hash256 hash, int most) =>
        from count in Gen.Choose(0, most)
        from bits in Gen.Choose(0, Hash256.BitLength - 1).ArrayOf(count)
        select bits.Aggregate(hash, Flip);

    public static Hash256 Flip(Hash256 hash, int bit)
    {
        var bytes = hash.ToByteArray();
        bytes[Hash256.ByteLength - 1 - bit / 8] ^= (byte)(1 << bit % 8);
        return Hash256.FromBytes(bytes);
    }
}
