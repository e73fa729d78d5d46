using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>Small squares of 32-bit numbers, rows made columns, inside registers: pairs are exchanged, then pairs of pairs, and so on.</summary>
internal static unsafe class Transposing
{
    /// <summary>For each of four pixels in 16 bytes, the places of its red, green and blue, and one that gives zero.</summary>
    public static Vector128<byte> PlacesOf(PixelLayout layout) =>
        (Vector128.Create(0, 1, 2, 3) * (layout.Bytes * 0x01_0101) + Vector128.Create(layout.Red | layout.Green << 8 | layout.Blue << 16 | 0x80 << 24)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of4(float* from, nint fromStride, float* to, nint toStride)
    {
        Columns(
            Vector128.Load(from), Vector128.Load(from + fromStride), Vector128.Load(from + 2 * fromStride), Vector128.Load(from + 3 * fromStride),
            out var a, out var b, out var c, out var d);
        a.Store(to);
        b.Store(to + toStride);
        c.Store(to + 2 * toStride);
        d.Store(to + 3 * toStride);
    }

    /// <summary>Of four rows of four, the columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth,
        out Vector128<float> a, out Vector128<float> b, out Vector128<float> c, out Vector128<float> d)
    {
        var (low, lower) = (Low(first, third), Low(second, fourth));
        var (high, higher) = (High(first, third), High(second, fourth));
        (a, b) = (Low(low, lower), High(low, lower));
        (c, d) = (Low(high, higher), High(high, higher));

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
            Columns(a, b, c, d, out a, out b, out c, out d);
            a.Store(to);
            b.Store(to + toStride);
            c.Store(to + 2 * toStride);
            d.Store(to + 3 * toStride);
        }
    }

    /// <summary>The same in both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        Vector256<float> first, Vector256<float> second, Vector256<float> third, Vector256<float> fourth,
        out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d)
    {
        var (low, lower) = (Avx.UnpackLow(first, third), Avx.UnpackLow(second, fourth));
        var (high, higher) = (Avx.UnpackHigh(first, third), Avx.UnpackHigh(second, fourth));
        (a, b) = (Avx.UnpackLow(low, lower), Avx.UnpackHigh(low, lower));
        (c, d) = (Avx.UnpackLow(high, higher), Avx.UnpackHigh(high, higher));
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
    private static void FourRows(float* row, nint stride, out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d) =>
        Columns(Vector512.Load(row), Vector512.Load(row + stride), Vector512.Load(row + 2 * stride), Vector512.Load(row + 3 * stride), out a, out b, out c, out d);

    /// <summary>The same in all four quarters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Columns(
        Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth,
        out Vector512<float> a, out Vector512<float> b, out Vector512<float> c, out Vector512<float> d)
    {
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
