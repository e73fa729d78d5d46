using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>Small squares of 32-bit numbers, rows made columns, inside registers: pairs are exchanged, then pairs of pairs, and so on.</summary>
internal static unsafe class Transposing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of4(float* from, nint fromStride, float* to, nint toStride)
    {
        var (a, b) = (Vector128.Load(from), Vector128.Load(from + fromStride));
        var (c, d) = (Vector128.Load(from + 2 * fromStride), Vector128.Load(from + 3 * fromStride));
        var (ac, bd) = (Low(a, c), Low(b, d));
        var (ca, db) = (High(a, c), High(b, d));
        Low(ac, bd).Store(to);
        High(ac, bd).Store(to + toStride);
        Low(ca, db).Store(to + 2 * toStride);
        High(ca, db).Store(to + 3 * toStride);

        // a0 c0 a1 c1, and a2 c2 a3 c3.
        static Vector128<float> Low(Vector128<float> left, Vector128<float> right) => Sse.IsSupported
            ? Sse.UnpackLow(left, right)
            : Vector128.Create(left.GetElement(0), right.GetElement(0), left.GetElement(1), right.GetElement(1));

        static Vector128<float> High(Vector128<float> left, Vector128<float> right) => Sse.IsSupported
            ? Sse.UnpackHigh(left, right)
            : Vector128.Create(left.GetElement(2), right.GetElement(2), left.GetElement(3), right.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of8(float* from, nint fromStride, float* to, nint toStride)
    {
        // Four rows beside the four below them, so that afterwards only pairs within 128 bits are exchanged.
        for (var half = 0; half < 2; half++, from += 4, to += 4 * toStride)
        {
            var a = Vector256.Create(Vector128.Load(from), Vector128.Load(from + 4 * fromStride));
            var b = Vector256.Create(Vector128.Load(from + fromStride), Vector128.Load(from + 5 * fromStride));
            var c = Vector256.Create(Vector128.Load(from + 2 * fromStride), Vector128.Load(from + 6 * fromStride));
            var d = Vector256.Create(Vector128.Load(from + 3 * fromStride), Vector128.Load(from + 7 * fromStride));
            var (ac, bd) = (Avx.UnpackLow(a, c), Avx.UnpackLow(b, d));
            var (ca, db) = (Avx.UnpackHigh(a, c), Avx.UnpackHigh(b, d));
            Avx.UnpackLow(ac, bd).Store(to);
            Avx.UnpackHigh(ac, bd).Store(to + toStride);
            Avx.UnpackLow(ca, db).Store(to + 2 * toStride);
            Avx.UnpackHigh(ca, db).Store(to + 3 * toStride);
        }
    }

    /// <summary>Four rows at a time inside 128 bits, then the 128 bits among four such results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of16(float* from, nint fromStride, float* to, nint toStride)
    {
        FourRows(from, fromStride, out var a0, out var b0, out var c0, out var d0);
        FourRows(from + 4 * fromStride, fromStride, out var a1, out var b1, out var c1, out var d1);
        FourRows(from + 8 * fromStride, fromStride, out var a2, out var b2, out var c2, out var d2);
        FourRows(from + 12 * fromStride, fromStride, out var a3, out var b3, out var c3, out var d3);
        FourColumns(a0, a1, a2, a3, to, 4 * toStride);
        FourColumns(b0, b1, b2, b3, to + toStride, 4 * toStride);
        FourColumns(c0, c1, c2, c3, to + 2 * toStride, 4 * toStride);
        FourColumns(d0, d1, d2, d3, to + 3 * toStride, 4 * toStride);
    }

    // Of four rows, columns 0, 4, 8 and 12 in the first, 1, 5, 9 and 13 in the second, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows(float* row, nint stride, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
        var (first, third) = (Vector512.Load(row), Vector512.Load(row + 2 * stride));
        var (second, fourth) = (Vector512.Load(row + stride), Vector512.Load(row + 3 * stride));
        var (low, lower) = (Avx512F.UnpackLow(first, third), Avx512F.UnpackLow(second, fourth));
        var (high, higher) = (Avx512F.UnpackHigh(first, third), Avx512F.UnpackHigh(second, fourth));
        (a, b) = (Avx512F.UnpackLow(low, lower), Avx512F.UnpackHigh(low, lower));
        (c, d) = (Avx512F.UnpackLow(high, higher), Avx512F.UnpackHigh(high, higher));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, nint stride)
    {
        // Quarters 0 and 1 of both, then 2 and 3; of these the even ones and the odd ones.
        var (ab, cd) = (Avx512F.Shuffle4x128(a, b, 0b01_00_01_00), Avx512F.Shuffle4x128(c, d, 0b01_00_01_00));
        Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00).Store(to);
        Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01).Store(to + stride);
        (ab, cd) = (Avx512F.Shuffle4x128(a, b, 0b11_10_11_10), Avx512F.Shuffle4x128(c, d, 0b11_10_11_10));
        Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00).Store(to + 2 * stride);
        Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01).Store(to + 3 * stride);
    }
}
