using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Near.Kernels;

/// <summary>Takes the bits of two chunks out of codes: of each code the one in the lower half of a word, the other in the upper.</summary>
internal abstract unsafe class BitGather
{
    private const int Half = 32;

    public static BitGather For(in ChunkBits lower, in ChunkBits upper, Kernel kernel) =>
        (kernel == Kernel.Avx512 ? Wide.TryMake(lower, upper) : null) ?? (BitGather)new OneByOne(lower, upper);

    /// <param name="codes">Any number.</param>
    /// <param name="bits">As many words.</param>
    public abstract void Take(ReadOnlySpan<Hash256> codes, Span<ulong> bits);

    private sealed class OneByOne(ChunkBits lower, ChunkBits upper) : BitGather
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Take(ReadOnlySpan<Hash256> codes, Span<ulong> bits)
        {
            // In variables of their own the masks stay in registers.
            var (own, next) = (lower, upper);
            for (var i = 0; i < codes.Length; i++) bits[i] = own.Of(codes[i]) | (ulong)next.Of(codes[i]) << Half;
        }
    }

    /// <summary>
    /// A vector of 64 bytes holds each word of the code in one or more of its eight lanes. One instruction moves for each byte the bit that is wanted to the byte's top,
    /// a second brings the bytes into the right order, and a third takes their top bits.
    /// </summary>
    private sealed class Wide : BitGather
    {
        private const int PerLane = 8;

        private readonly ulong[] _words = new ulong[Vector512<ulong>.Count];
        private readonly byte[] _shifts = new byte[Vector512<byte>.Count];
        private readonly byte[] _order = new byte[Vector512<byte>.Count];
        private ulong _wanted;

        /// <summary>Null if the bits don't fit: if there are many, and their words unlucky.</summary>
        public static Wide? TryMake(in ChunkBits lower, in ChunkBits upper)
        {
            var wide = new Wide();
            var lane = 0;
            for (var word = 0; word < ChunkBits.Words; word++)
            {
                var taken = 0;
                foreach (var (bit, to) in lower.BitsIn(word).Concat(upper.BitsIn(word).Select(pair => (pair.Bit, pair.To + Half))))
                {
                    if (taken % PerLane == 0 && lane == wide._words.Length) return null;
                    if (taken % PerLane == 0) wide._words[lane++] = (ulong)word;
                    var at = (lane - 1) * PerLane + taken++ % PerLane;
                    wide._shifts[at] = (byte)(bit - (PerLane - 1) & 63);
                    wide._order[to] = (byte)at;
                    wide._wanted |= 1ul << to;
                }
            }
            return wide;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Take(ReadOnlySpan<Hash256> codes, Span<ulong> bits)
        {
            var (words, shifts, order, wanted) = (Vector512.Create(_words), Vector512.Create(_shifts), Vector512.Create(_order), _wanted);
            fixed (Hash256* code = codes)
                for (var i = 0; i < codes.Length; i++)
                {
                    var lanes = Avx512F.PermuteVar8x64(Vector256.Load((ulong*)(code + i)).ToVector512Unsafe(), words);
                    bits[i] = Avx512Vbmi.PermuteVar64x8(Avx512Vbmi.MultiShift(shifts, lanes), order).ExtractMostSignificantBits() & wanted;
                }
        }
    }
}
