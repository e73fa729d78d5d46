using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>One number at a time: what the others do, in plain words.</summary>
internal readonly unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private readonly float _value = value;

    private Lanes1(int bits) : this(BitConverter.Int32BitsToSingle(bits)) { }

    private int Bits => BitConverter.SingleToInt32Bits(_value);

    public static int Count => 1;

    public static bool Fuses => false;

    public static Lanes1 Zero => new(0f);

    public static Lanes1 Load(float* from) => new(*(int*)from);

    public static Lanes1 LoadBytes(byte* from) => new((float)*from);

    public static Lanes1 LoadPixels(byte* from, int bytes, Lanes1 places) =>
        new(from[(byte)places.Bits] | from[(byte)(places.Bits >> 8)] << 8 | from[(byte)(places.Bits >> 16)] << 16);

    public static Lanes1 PlacesOf(PixelLayout layout) => new(layout.Red | layout.Green << 8 | layout.Blue << 16);

    public static Lanes1 Raised(Lanes1 integers, Lanes1 mask) => new(integers.Bits & mask.Bits | Raising.Bits);

    public static Lanes1 RaisedUpper(Lanes1 integers, Lanes1 mask) => new(integers.Bits >>> 16 & mask.Bits | Raising.Bits);

    public static Lanes1 Broadcast(float value) => new(value);

    public static Lanes1 Broadcast(int value) => new(value);

    public static void Store(Lanes1 value, float* to) => *(int*)to = value.Bits;

    public static Lanes1 operator +(Lanes1 left, Lanes1 right) => new(left._value + right._value);

    public static Lanes1 operator -(Lanes1 left, Lanes1 right) => new(left._value - right._value);

    public static Lanes1 operator *(Lanes1 left, Lanes1 right) => new(left._value * right._value);

    public static Lanes1 operator /(Lanes1 left, Lanes1 right) => new(left._value / right._value);

    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Lanes1 Abs(Lanes1 value) => new(MathF.Abs(value._value));

    public static Lanes1 Max(Lanes1 left, Lanes1 right) => new(MathF.Max(left._value, right._value));

    public static Lanes1 IfAbove(Lanes1 value, Lanes1 limit, Lanes1 yes, Lanes1 no) => value._value > limit._value ? yes : no;

    public static Lanes1 AddTruncated(Lanes1 sum, Lanes1 value) => new(sum.Bits + (int)value._value);

    public static Lanes1 AddIntegers(Lanes1 left, Lanes1 right) => new(left.Bits + right.Bits);

    public static int Total(Lanes1 value) => value.Bits;

    public static Lanes1 AddProducts(Lanes1 sum, Lanes1 pairs, Lanes1 weights) =>
        new(sum.Bits + (short)pairs.Bits * (short)weights.Bits + (pairs.Bits >> 16) * (weights.Bits >> 16));

    public static Lanes1 ToFloats(Lanes1 value) => new((float)value.Bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* from, nint fromStride, float* to, nint toStride) => *(int*)to = *(int*)from;

    public static int CountLess(int* keys, int count, int limit)
    {
        var less = 0;
        for (var i = 0; i < count; i++) less += keys[i] < limit ? 1 : 0;
        return less;
    }

    public static int LargestBelow(int* keys, int count, int limit)
    {
        var largest = int.MinValue;
        for (var i = 0; i < count; i++) largest = keys[i] < limit ? Math.Max(largest, keys[i]) : largest;
        return largest;
    }

    public static void StoreOrdered(Lanes1 value, int* to)
    {
        var bits = BitConverter.SingleToInt32Bits(value._value + 0f);
        *to = bits ^ ((bits >> 31) & int.MaxValue);
    }

    public static uint Above(int* keys, int limit) => *keys > limit ? 1u : 0u;
}
