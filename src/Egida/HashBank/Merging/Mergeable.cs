namespace Egida.HashBank.Merging;

/// <summary>Whether two records may become one now.</summary>
public enum MergeVerdict
{
    /// <summary>The bytes prove it: one person may.</summary>
    Proven,

    /// <summary>A second person has to see it, too: two voices, one for each record, would else confirm what one person put together.</summary>
    OneMore,

    /// <summary>They are the same record.</summary>
    Same,

    /// <summary>One is part of another record already.</summary>
    MergedBefore,

    /// <summary>A proposal about one of them waits.</summary>
    Waits,

    /// <summary>A case about one is open: its second assessor, who knows nothing of what was said, would judge another item than was disputed.</summary>
    InDispute,

    /// <summary>One waits in quarantine for a person.</summary>
    InQuarantine,

    /// <summary>Both have frames of a video and no bytes in common: two versions of a video stay two records, because frames of both together would be those of none.</summary>
    TwoVideos,

    /// <summary>One batch of a source said "known" about one and "harmless" about the other: no rule can say which was meant.</summary>
    SaidBoth,
}

/// <summary>Whether two records may become one, which of them survives, and whether one person is enough. Pure.</summary>
internal static class Mergeable
{
    /// <param name="Frames">It has frames of a video.</param>
    /// <param name="Words">Everything said about it.</param>
    public sealed record Side(HashRecord Record, IReadOnlyList<WhatHolds.Word> Words, bool Frames, bool IsInDispute, bool Waits);

    public static MergeVerdict Decide(Side one, Side other) =>
        one.Record.Id == other.Record.Id ? MergeVerdict.Same
        : one.Record.MergedInto is not null || other.Record.MergedInto is not null ? MergeVerdict.MergedBefore
        : one.Waits || other.Waits ? MergeVerdict.Waits
        : one.IsInDispute || other.IsInDispute ? MergeVerdict.InDispute
        : (one.Record.Flags | other.Record.Flags).HasFlag(RecordFlags.Quarantined) ? MergeVerdict.InQuarantine
        : one.Words.Join(other.Words, w => w.Order, w => w.Order, (a, b) => a.IsStance && b.IsStance && a.Says != b.Says).Any(differs => differs) ? MergeVerdict.SaidBoth
        : SharesBytes(one.Record, other.Record) ? MergeVerdict.Proven
        : one.Frames && other.Frames ? MergeVerdict.TwoVideos
        : MergeVerdict.OneMore;

    /// <summary>As a contributor's item joins a record: SHA-256 or SHA-1 in common, and no digest that differs.</summary>
    public static bool SharesBytes(HashRecord one, HashRecord other) => SameItem.Common(Hashes(other), one) is HashKind.Sha256 or HashKind.Sha1;

    /// <summary>The older one, whose number others know for longest; but never one that isn't in use before one that is, whose number is in lists.</summary>
    public static (T Survivor, T Merged) Order<T>(T one, T other, Func<T, HashRecord> record) =>
        (!record(one).IsUsed, record(one).Id.Value).CompareTo((!record(other).IsUsed, record(other).Id.Value)) < 0 ? (one, other) : (other, one);

    private static ItemHashes Hashes(HashRecord record) => new() { Md5 = record.Md5, Sha1 = record.Sha1, Sha256 = record.Sha256, Pdq = record.Pdq, PdqQuality = record.PdqQuality };
}
