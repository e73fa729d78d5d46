namespace Egida.HashSearch.Pdq.Lanes;

/// <summary>
/// Some 32-bit numbers side by side, floats or integers as the operation takes them. Loops over floats are written once
/// against this and compiled once per width; each operation is one instruction, rounded as IEEE 754 rounds a single float, so
/// every width gives the same bits.
/// </summary>
internal unsafe interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many numbers; a power of two up to 16.</summary>
    static abstract int Count { get; }

    /// <summary>Whether <see cref="MultiplyAdd"/> is one instruction. Without it, division is quicker done as such.</summary>
    static abstract bool Fuses { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Load(float* from);

    /// <summary>Bytes, widened to floats.</summary>
    static abstract TSelf LoadBytes(byte* from);

    /// <summary>
    /// Pixels of 3 or 4 bytes, side by side: integers of the three bytes that count, red lowest, and a fourth that may be anything.
    /// May read up to 16 bytes behind the last pixel.
    /// </summary>
    /// <param name="bytes">Bytes of a pixel.</param>
    /// <param name="places">As <see cref="PlacesOf"/> gives it.</param>
    static abstract TSelf LoadPixels(byte* from, int bytes, TSelf places);

    /// <summary>Where the colours are, for <see cref="LoadPixels"/>.</summary>
    static abstract TSelf PlacesOf(PixelLayout layout);

    /// <summary>Of integers those bits that <paramref name="mask"/> has, at most 23, as floats 2²³ larger: such bits stand in the mantissa as they are.</summary>
    static abstract TSelf Raised(TSelf integers, TSelf mask);

    /// <summary>The same of integers shifted right by 16 bits.</summary>
    static abstract TSelf RaisedUpper(TSelf integers, TSelf mask);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Broadcast(int value);

    static abstract void Store(TSelf value, float* to);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><c>a × b + c</c>, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>Lane by lane <paramref name="yes"/> where <paramref name="value"/> is above <paramref name="limit"/>, else <paramref name="no"/>.</summary>
    static abstract TSelf IfAbove(TSelf value, TSelf limit, TSelf yes, TSelf no);

    /// <summary>Integers: the floats <paramref name="value"/>, truncated, are added to <paramref name="sum"/>.</summary>
    static abstract TSelf AddTruncated(TSelf sum, TSelf value);

    /// <summary>Integers: lane by lane.</summary>
    static abstract TSelf AddIntegers(TSelf left, TSelf right);

    /// <summary>Integers: the sum of all lanes.</summary>
    static abstract int Total(TSelf value);

    /// <summary>
    /// Integers: each lane of <paramref name="pairs"/> holds two signed 16-bit numbers, <paramref name="weights"/> two more in every lane;
    /// the sum of both products is added to <paramref name="sum"/>.
    /// </summary>
    static abstract TSelf AddProducts(TSelf sum, TSelf pairs, TSelf weights);

    /// <summary>Integers to floats.</summary>
    static abstract TSelf ToFloats(TSelf value);

    /// <summary>Rows become columns, <see cref="Count"/> of each; strides in numbers.</summary>
    static abstract void Transpose(float* from, nint fromStride, float* to, nint toStride);

    /// <summary>Integers: how many of <paramref name="count"/> (a multiple of 16) are less than <paramref name="limit"/>.</summary>
    static abstract int CountLess(int* keys, int count, int limit);

    /// <summary>Integers: the largest of <paramref name="count"/> (a multiple of 16) that is less than <paramref name="limit"/>, of which there must be one.</summary>
    static abstract int LargestBelow(int* keys, int count, int limit);

    /// <summary>Floats to integers that are in the same order; both zeros are the same. The other way: <see cref="Halves.Value"/>.</summary>
    static abstract void StoreOrdered(TSelf value, int* to);

    /// <summary>Integers: bit i says whether number i of <see cref="Count"/> is above <paramref name="limit"/>.</summary>
    static abstract uint Above(int* keys, int limit);
}
