namespace Egida.HashSearch;

/// <summary>How a list of hashes is read.</summary>
public sealed record HashListOptions
{
    /// <summary>Whether to stop with a <see cref="HashListException"/> at the first line that is refused. Else it is reported, and reading goes on.</summary>
    public bool IsStrict { get; init; }

    /// <summary>How many refused lines are reported at most; all are counted.</summary>
    public int MostReports { get; init; } = 100;

    /// <summary>Is told the number of bytes read so far, about every megabyte.</summary>
    public IProgress<long>? Progress { get; init; }
}
