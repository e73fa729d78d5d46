using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>Eight numbers, with AVX2 and FMA.</summary>
internal readonly unsafe struct Lanes8(Vector256<float> value) : ILanes<Lanes8>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static bool Fuses => Fma.IsSupported;

    public static Lanes8 Zero => new(Vector256<float>.Zero);

    public static Lanes8 Load(float* from) => new(Vector256.Load(from));

    public static Lanes8 LoadBytes(byte* from) =>
        new(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(Vector128.CreateScalarUnsafe(*(ulong*)from).AsByte())));

    public static Lanes8 LoadPixels(byte* from, int bytes, Lanes8 places) =>
        new(Avx2.Shuffle(Vector256.Create(Vector128.Load(from), Vector128.Load(from + 4 * bytes)), places._value.AsByte()).AsSingle());

    public static Lanes8 PlacesOf(PixelLayout layout) => new(Vector256.Create(Transposing.PlacesOf(layout), Transposing.PlacesOf(layout)).AsSingle());

    public static Lanes8 Raised(Lanes8 integers, Lanes8 mask) =>
        new((integers._value.AsInt32() & mask._value.AsInt32() | Vector256.Create(Raising.Bits)).AsSingle());

    public static Lanes8 RaisedUpper(Lanes8 integers, Lanes8 mask) =>
        new((integers._value.AsInt32() >>> 16 & mask._value.AsInt32() | Vector256.Create(Raising.Bits)).AsSingle());

    public static Lanes8 Broadcast(float value) => new(Vector256.Create(value));

    public static Lanes8 Broadcast(int value) => new(Vector256.Create(value).AsSingle());

    public static void Store(Lanes8 value, float* to) => value._value.Store(to);

    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left._value + right._value);

    public static Lanes8 operator -(Lanes8 left, Lanes8 right) => new(left._value - right._value);

    public static Lanes8 operator *(Lanes8 left, Lanes8 right) => new(left._value * right._value);

    public static Lanes8 operator /(Lanes8 left, Lanes8 right) => new(left._value / right._value);

    public static Lanes8 MultiplyAdd(Lanes8 a, Lanes8 b, Lanes8 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes8 Abs(Lanes8 value) => new(Vector256.Abs(value._value));

    public static Lanes8 Max(Lanes8 left, Lanes8 right) => new(Avx.Max(left._value, right._value));

    public static Lanes8 IfAbove(Lanes8 value, Lanes8 limit, Lanes8 yes, Lanes8 no) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(value._value, limit._value), yes._value, no._value));

    public static Lanes8 AddTruncated(Lanes8 sum, Lanes8 value) =>
        new((sum._value.AsInt32() + Avx.ConvertToVector256Int32WithTruncation(value._value)).AsSingle());

    public static Lanes8 AddIntegers(Lanes8 left, Lanes8 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    public static int Total(Lanes8 value) => Vector256.Sum(value._value.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 AddProducts(Lanes8 sum, Lanes8 pairs, Lanes8 weights) =>
        new((sum._value.AsInt32() + Avx2.MultiplyAddAdjacent(pairs._value.AsInt16(), weights._value.AsInt16())).AsSingle());

    public static Lanes8 ToFloats(Lanes8 value) => new(Vector256.ConvertToSingle(value._value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride) =>
        Transposing.Of8(from, fromStride, to, toStride);

    public static int CountLess(int* keys, int count, int limit)
    {
        // A comparison gives -1 where it is true.
        var (than, less) = (Vector256.Create(limit), Vector256<int>.Zero);
        for (var i = 0; i < count; i += Count) less -= Vector256.LessThan(Vector256.Load(keys + i), than);
        return Vector256.Sum(less);
    }

    public static int LargestBelow(int* keys, int count, int limit)
    {
        var (than, none) = (Vector256.Create(limit), Vector256.Create(int.MinValue));
        var largest = none;
        for (var i = 0; i < count; i += Count)
        {
            var some = Vector256.Load(keys + i);
            largest = Vector256.Max(largest, Vector256.ConditionalSelect(Vector256.LessThan(some, than), some, none));
        }
        return Largest(largest);
    }

    public static void StoreOrdered(Lanes8 value, int* to)
    {
        var bits = (value._value + Vector256<float>.Zero).AsInt32();
        (bits ^ ((bits >> 31) & Vector256.Create(int.MaxValue))).Store(to);
    }

    public static uint Above(int* keys, int limit) => (uint)Vector256.GreaterThan(Vector256.Load(keys), Vector256.Create(limit)).ExtractMostSignificantBits();

    private static int Largest(Vector256<int> some) => Lanes4.Largest(Vector128.Max(some.GetLower(), some.GetUpper()));
}
