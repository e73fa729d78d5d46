namespace Egida.HashSearch.Robust;

/// <summary>The hash of the negative: every coefficient changes its sign, so every bit is the other one.</summary>
internal static class Negative
{
    public static Hash256 Complement(this Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        hash.CopyTo(bytes);
        foreach (ref var value in bytes) value = (byte)~value;
        return Hash256.FromBytes(bytes);
    }
}
