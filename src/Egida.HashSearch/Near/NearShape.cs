namespace Egida.HashSearch.Near;

/// <summary>What has to be known of a part to find one's way in its memory.</summary>
/// <param name="Codes">How many different codes, at least one.</param>
/// <param name="LineBits">A table has 2 to this power lines.</param>
/// <param name="Continuations">Lines that continue others, of all tables.</param>
/// <param name="IsBalanced">All codes have 128 ones.</param>
/// <param name="Lists">How many codes have several records.</param>
/// <param name="Listed">How many records these have.</param>
/// <param name="IsScattered">Where lines lie: see <see cref="Scattering"/>.</param>
internal readonly record struct NearShape(int Codes, int LineBits, int Continuations, bool IsBalanced, int Lists, int Listed, bool IsScattered = true)
{
    public const int LeastLineBits = 4;
    public const int MostLineBits = 22;

    // A line has room for 24. With fewer on average few lines need others; with fewer still there would be twice as many lines.
    private const double CodesPerLine = 19.1;

    public int Tables => ChunkLayout.CountFor(LineBits);

    public long Lines => ((long)Tables << LineBits) + Continuations;

    public long LineBytes => Lines * Line.Bytes;

    public int NumberBits => PackedNumbers.BitsFor(Codes - 1);

    public long NumberBytes => (Tables - 1) * PackedNumbers.BytesFor(Codes, NumberBits);

    public long CodeBytes => (long)Codes * Hash256.ByteLength;

    public long RecordBytes => (long)Codes * sizeof(int);

    public long ListBytes => ((long)Lists + Listed) * sizeof(int);

    public long Bytes => LineBytes + NumberBytes + CodeBytes + RecordBytes + ListBytes;

    /// <summary>How many records the part has.</summary>
    public long Records => (long)Codes - Lists + Listed;

    /// <summary>The number of line bits with which lines are neither crowded nor empty.</summary>
    public static int LineBitsFor(int codes) => Math.Clamp((int)Math.Ceiling(Math.Log2(codes / CodesPerLine)), LeastLineBits, MostLineBits);
}
