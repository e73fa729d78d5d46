using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>Four numbers: any processor with 128-bit vectors.</summary>
internal readonly unsafe struct Lanes4(Vector128<float> value) : ILanes<Lanes4>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public static bool Fuses => Fma.IsSupported || AdvSimd.IsSupported;

    public static Lanes4 Zero => new(Vector128<float>.Zero);

    public static Lanes4 Load(float* from) => new(Vector128.Load(from));

    public static Lanes4 LoadBytes(byte* from) =>
        new(Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)from).AsByte())).AsInt32()));

    public static Lanes4 LoadPixels(byte* from, int bytes, Lanes4 places)
    {
        var four = Vector128.Load(from);
        return new((Ssse3.IsSupported ? Ssse3.Shuffle(four, places._value.AsByte()) : Vector128.Shuffle(four, places._value.AsByte())).AsSingle());
    }

    public static Lanes4 PlacesOf(PixelLayout layout) => new(Transposing.PlacesOf(layout).AsSingle());

    public static Lanes4 Raised(Lanes4 integers, Lanes4 mask) =>
        new((integers._value.AsInt32() & mask._value.AsInt32() | Vector128.Create(Raising.Bits)).AsSingle());

    public static Lanes4 RaisedUpper(Lanes4 integers, Lanes4 mask) =>
        new((integers._value.AsInt32() >>> 16 & mask._value.AsInt32() | Vector128.Create(Raising.Bits)).AsSingle());

    public static Lanes4 Broadcast(float value) => new(Vector128.Create(value));

    public static Lanes4 Broadcast(int value) => new(Vector128.Create(value).AsSingle());

    public static void Store(Lanes4 value, float* to) => value._value.Store(to);

    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left._value + right._value);

    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left._value - right._value);

    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left._value * right._value);

    public static Lanes4 operator /(Lanes4 left, Lanes4 right) => new(left._value / right._value);

    public static Lanes4 MultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes4 Abs(Lanes4 value) => new(Vector128.Abs(value._value));

    public static Lanes4 Max(Lanes4 left, Lanes4 right) => new(Vector128.MaxNative(left._value, right._value));

    public static Lanes4 IfAbove(Lanes4 value, Lanes4 limit, Lanes4 yes, Lanes4 no) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(value._value, limit._value), yes._value, no._value));

    public static Lanes4 AddTruncated(Lanes4 sum, Lanes4 value) =>
        new((sum._value.AsInt32() + Vector128.ConvertToInt32Native(value._value)).AsSingle());

    public static Lanes4 AddIntegers(Lanes4 left, Lanes4 right) => new((left._value.AsInt32() + right._value.AsInt32()).AsSingle());

    public static int Total(Lanes4 value) => Vector128.Sum(value._value.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AddProducts(Lanes4 sum, Lanes4 pairs, Lanes4 weights)
    {
        if (Sse2.IsSupported)
            return new((sum._value.AsInt32() + Sse2.MultiplyAddAdjacent(pairs._value.AsInt16(), weights._value.AsInt16())).AsSingle());
        var (both, by) = (pairs._value.AsInt32(), weights._value.AsInt32());
        return new((sum._value.AsInt32() + (both << 16 >> 16) * (by << 16 >> 16) + (both >> 16) * (by >> 16)).AsSingle());
    }

    public static Lanes4 ToFloats(Lanes4 value) => new(Vector128.ConvertToSingle(value._value.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride) =>
        Transposing.Of4(from, fromStride, to, toStride);

    public static int CountLess(int* keys, int count, int limit)
    {
        // A comparison gives -1 where it is true.
        var (than, less) = (Vector128.Create(limit), Vector128<int>.Zero);
        for (var i = 0; i < count; i += Count) less -= Vector128.LessThan(Vector128.Load(keys + i), than);
        return Vector128.Sum(less);
    }

    public static int LargestBelow(int* keys, int count, int limit)
    {
        var (than, none) = (Vector128.Create(limit), Vector128.Create(int.MinValue));
        var largest = none;
        for (var i = 0; i < count; i += Count)
        {
            var some = Vector128.Load(keys + i);
            largest = Vector128.Max(largest, Vector128.ConditionalSelect(Vector128.LessThan(some, than), some, none));
        }
        return Largest(largest);
    }

    public static void StoreOrdered(Lanes4 value, int* to)
    {
        var bits = (value._value + Vector128<float>.Zero).AsInt32();
        (bits ^ ((bits >> 31) & Vector128.Create(int.MaxValue))).Store(to);
    }

    public static uint Above(int* keys, int limit) => (uint)Vector128.GreaterThan(Vector128.Load(keys), Vector128.Create(limit)).ExtractMostSignificantBits();

    public static int Largest(Vector128<int> some) => Math.Max(Math.Max(some[0], some[1]), Math.Max(some[2], some[3]));
}
