namespace Egida.Match.Format;

/// <summary>A part of a list's body.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Offset">Where it begins, from the begin of the body: a multiple of <see cref="Alignment"/>.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct ListSection(string Name, long Offset, long Length)
{
    /// <summary>Pages: a section that is an index is opened where it is.</summary>
    public const int Alignment = 4096;

    // Tables of this format; all numbers little-endian.

    /// <summary>A row of <see cref="RecordRow"/> for each record, by ascending number.</summary>
    public const string Records = "records";

    /// <summary>The numbers of withdrawn records (8 bytes each), ascending.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>A near index of PDQ hashes; its records are rows of <see cref="Records"/>.</summary>
    public const string Pdq = "pdq";

    /// <summary>A near index of frames; its records are rows of <see cref="FrameTable"/>.</summary>
    public const string Frames = "frames";

    /// <summary>A <see cref="FrameRow"/> for each frame, by ascending record and time.</summary>
    public const string FrameTable = "frame-table";

    /// <summary>An exact index of digests; its records are places in the table of <see cref="RowsOf"/>.</summary>
    public static string DigestsOf(string digest) => digest;

    /// <summary>For each digest the row of its record (4 bytes).</summary>
    public static string RowsOf(string digest) => $"{digest}-rows";

    public long End => Offset + Length;

    public static long Align(long offset) => (offset + Alignment - 1) & -Alignment;
}
