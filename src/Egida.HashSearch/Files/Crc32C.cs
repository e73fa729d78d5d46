using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Egida.HashSearch.Files;

/// <summary>CRC-32C (Castagnoli), as of iSCSI, RFC 3720 appendix B.4; the processor computes it where it can.</summary>
internal struct Crc32C()
{
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32C();
        crc.Append(bytes);
        return crc.Value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var value in bytes[(words.Length * sizeof(ulong))..]) state = BitOperations.Crc32C(state, value);
        _state = state;
    }
}
