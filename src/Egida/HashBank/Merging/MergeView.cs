using Egida.HashBank.Suggestions;

namespace Egida.HashBank.Merging;

/// <summary>What the page of two records shows.</summary>
public static class MergeView
{
    /// <param name="Told">How many partners were told of it.</param>
    public sealed record Side(HashRecord Record, IReadOnlyList<ShowHashRecord.Hash> Hashes, IReadOnlyList<ShowHashRecord.Said> Said, int Told);

    /// <summary>What the rule says, or would say, about both together.</summary>
    public sealed record Holding(HashRecordState State, bool IsBenign, RecordFlags Flags, int? Classification);

    /// <param name="Merge">Null while nobody has proposed it.</param>
    /// <param name="Together">Everything said about both, for what contradicts.</param>
    /// <param name="Distance">Bits of PDQ; null where one has no look.</param>
    public sealed record Facts(HashMerge? Merge, Side Survivor, Side Merged, MergeVerdict Verdict, Holding Holds, ShowHashRecord.Facts Together, int? Distance)
    {
        /// <summary>Somebody found that they aren't one item; null if nobody did.</summary>
        public DistinctPair? Apart { get; init; }

        public bool MayUndo => Merge?.State == MergeState.Done && Survivor.Record.MergedInto is null;
    }
}
