using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>Sixteen numbers, with AVX-512.</summary>
internal readonly unsafe struct Lanes16(Vector512<float> value) : ILanes<Lanes16>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static bool Fuses => true;

    public static Lanes16 Zero => new(Vector512<float>.Zero);

    public static Lanes16 Load(float* from) => new(Vector512.Load(from));

    public static Lanes16 LoadBytes(byte* from) =>
        new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(from))));

    public static Lanes16 LoadPixels(byte* from, int bytes, Lanes16 places) =>
        new(Avx512Vbmi.PermuteVar64x8(Vector512.Load(from), places._value.AsByte()).AsSingle());

    public static Lanes16 PlacesOf(PixelLayout layout)
    {
        // The place of red in each of 16 pixels, the others beside it.
        var red = Vector512<int>.Indices * layout.Bytes + Vector512.Create(layout.Red);
        return new((red * 0x01_0101 + Vector512.Create((layout.Green - layout.Red << 8) + (layout.Blue - layout.Red << 16))).AsSingle());
    }

    public static Lanes16 Raised(Lanes16 integers, Lanes16 mask) =>
        new((integers._value.AsInt32() & mask._value.AsInt32() | Vector512.Create(Raising.Bits)).AsSingle());

    public static Lanes16 RaisedUpper(Lanes16 integers, Lanes16 mask) =>
        new((integers._value.AsInt32() >>> 16 & mask._value.AsInt32() | Vector512.Create(Raising.Bits)).AsSingle());

    public static Lanes16 Broadcast(float value) => new(Vector512.Create(value));

    public static Lanes16 Broadcast(int value) => new(Vector512.Create(value).AsSingle());

    public static void Store(Lanes16 value, float* to) => value._value.Store(to);

    public static Lanes16 operator +(Lanes16 left, Lanes16 right) => new(left._value + right._value);

    public static Lanes16 operator -(Lanes16 left, Lanes16 right) => new(left._value - right._value);

    public static Lanes16 operator *(Lanes16 left, Lanes16 right) => new(left._value * right._value);

    public static Lanes16 operator /(Lanes16 left, Lanes16 right) => new(left._value / right._value);

    public static Lanes16 MultiplyAdd(Lanes16 a, Lanes16 b, Lanes16 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes16 Abs(Lanes16 value) => new(Vector512.Abs(value._value));

    public static Lanes16 Max(Lanes16 left, Lanes16 right) => new(Avx512F.Max(left._value, right._value));

    public static Lanes16 IfAbove(Lanes16 value, Lanes16 limit, Lanes16 yes, Lanes16 no) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(value._value, limit._value), yes._value, no._value));

    public static Lanes16 AddTruncated(Lanes16 sum, Lanes16 value) =>
        new((sum._value.AsInt32() + Avx512F.ConvertToVector512Int32WithTruncation(value._value)).AsSingle());

    public static Lanes16 AddIntegers(Lanes16 left, Lanes16 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    public static int Total(Lanes16 value) => Vector512.Sum(value._value.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes16 AddProducts(Lanes16 sum, Lanes16 pairs, Lanes16 weights) =>
        new((sum._value.AsInt32() + Avx512BW.MultiplyAddAdjacent(pairs._value.AsInt16(), weights._value.AsInt16())).AsSingle());

    public static Lanes16 ToFloats(Lanes16 value) => new(Vector512.ConvertToSingle(value._value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride) =>
        Transposing.Of16(from, fromStride, to, toStride);

    public static int CountLess(int* keys, int count, int limit)
    {
        // A comparison gives -1 where it is true.
        var (than, less) = (Vector512.Create(limit), Vector512<int>.Zero);
        for (var i = 0; i < count; i += Count) less -= Vector512.LessThan(Vector512.Load(keys + i), than);
        return Vector512.Sum(less);
    }

    public static int LargestBelow(int* keys, int count, int limit)
    {
        var (than, none) = (Vector512.Create(limit), Vector512.Create(int.MinValue));
        var largest = none;
        for (var i = 0; i < count; i += Count)
        {
            var some = Vector512.Load(keys + i);
            largest = Vector512.Max(largest, Vector512.ConditionalSelect(Vector512.LessThan(some, than), some, none));
        }
        return Largest(largest);
    }

    public static void StoreOrdered(Lanes16 value, int* to)
    {
        var bits = (value._value + Vector512<float>.Zero).AsInt32();
        (bits ^ ((bits >> 31) & Vector512.Create(int.MaxValue))).Store(to);
    }

    public static uint Above(int* keys, int limit) => (uint)Vector512.GreaterThan(Vector512.Load(keys), Vector512.Create(limit)).ExtractMostSignificantBits();

    private static int Largest(Vector512<int> some)
    {
        var half = Vector256.Max(some.GetLower(), some.GetUpper());
        return Lanes4.Largest(Vector128.Max(half.GetLower(), half.GetUpper()));
    }
}
