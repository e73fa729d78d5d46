using Egida.HashSearch.Files;

namespace Egida.HashSearch;

/// <summary>How a <see cref="LivingNearIndex"/> is opened.</summary>
public sealed class LivingNearIndexOptions
{
    /// <summary>The fewest records of <see cref="MemtableRecords"/>.</summary>
    public const int FewestMemtableRecords = 16;

    /// <summary>The most records of <see cref="MemtableRecords"/>.</summary>
    public const int MostMemtableRecords = 1 << 20;

    private readonly int _memtableRecords = 1 << 18;

    /// <summary>
    /// How many added records are kept in memory before they become a segment of their own. Each takes about 250 bytes, and when the
    /// index is opened after a crash, a third of a microsecond.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It isn't between <see cref="FewestMemtableRecords"/> and <see cref="MostMemtableRecords"/>.</exception>
    public int MemtableRecords
    {
        get => _memtableRecords;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, FewestMemtableRecords);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MostMemtableRecords);
            _memtableRecords = value;
        }
    }

    internal IStorage Storage { get; init; } = DiskStorage.Instance;

    /// <summary>False for tests, which call for every step of compaction themselves.</summary>
    internal bool CompactsInBackground { get; init; } = true;
}
