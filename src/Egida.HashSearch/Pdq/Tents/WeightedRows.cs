namespace Egida.HashSearch.Pdq.Tents;

/// <summary>The rows of one strip where they lie in memory, two at a time, as the kernels take them.</summary>
internal readonly unsafe struct WeightedRows(byte* origin, nint stride, int* numbers, ushort* weights, int pairs, nint ahead)
{
    private readonly byte* _origin = origin;
    private readonly nint _stride = stride;

    // Two for each pair.
    private readonly int* _numbers = numbers;

    /// <summary>For each pair both weights, the first in the lower byte.</summary>
    public readonly ushort* Weights = weights;

    public readonly int Pairs = pairs;

    /// <summary>So many bytes behind a row lies one that will be asked for soon; 0 if none.</summary>
    public readonly nint Ahead = ahead;

    public byte* Upper(int pair) => _origin + _numbers[2 * pair] * _stride;

    public byte* Lower(int pair) => _origin + _numbers[2 * pair + 1] * _stride;
}
