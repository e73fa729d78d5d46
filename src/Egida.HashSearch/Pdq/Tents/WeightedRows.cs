namespace Egida.HashSearch.Pdq.Tents;

/// <summary>The rows of one strip where they lie in memory, two at a time, as the kernels take them.</summary>
internal readonly unsafe struct WeightedRows(byte** rows, ushort* weights, int pairs, nint ahead)
{
    /// <summary>Two addresses for each pair.</summary>
    public readonly byte** Rows = rows;

    /// <summary>For each pair both weights, the first in the lower byte.</summary>
    public readonly ushort* Weights = weights;

    public readonly int Pairs = pairs;

    /// <summary>So many bytes behind a row lies one that will be asked for soon; 0 if none.</summary>
    public readonly nint Ahead = ahead;
}
