namespace Egida.HashBank.Imports;

/// <summary>What came of an import's rows. Each row is one of the first five; some of these are also one of the others.</summary>
public sealed record ImportCounts
{
    /// <summary>Items that weren't on record.</summary>
    public long New { get; init; }

    /// <summary>On record already; now the source stands for it too, or says something else about it than it did.</summary>
    public long Joined { get; init; }

    /// <summary>Everything was as it says already.</summary>
    public long Same { get; init; }

    /// <summary>Records for which the source doesn't stand any more.</summary>
    public long TakenBack { get; init; }

    public long Refused { get; init; }

    /// <summary>Rows that brought further hashes of an item that was on record.</summary>
    public long Completed { get; init; }

    /// <summary>Records of which it says something else than others do, or than it did for the same item.</summary>
    public long Contradicting { get; init; }

    public long Rows => New + Joined + Same + TakenBack + Refused;

    /// <summary>Would anything be different without it?</summary>
    public bool ChangesNothing => New + Joined + TakenBack + Completed == 0;

    public static ImportCounts operator +(ImportCounts one, ImportCounts other) => new()
    {
        New = one.New + other.New,
        Joined = one.Joined + other.Joined,
        Same = one.Same + other.Same,
        TakenBack = one.TakenBack + other.TakenBack,
        Refused = one.Refused + other.Refused,
        Completed = one.Completed + other.Completed,
        Contradicting = one.Contradicting + other.Contradicting,
    };
}
