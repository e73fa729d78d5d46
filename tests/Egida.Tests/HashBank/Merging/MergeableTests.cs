using Egida.HashBank;
using Egida.HashBank.Merging;

namespace Egida.Tests.HashBank.Merging;

public sealed class MergeableTests
{
    [Fact]
    public void The_same_bytes_need_one_person_and_the_same_look_needs_two()
    {
        Assert.Equal(MergeVerdict.Proven, Decide(Side(1, sha1: 7), Side(2, sha1: 7)));
        Assert.Equal(MergeVerdict.OneMore, Decide(Side(1, sha1: 7), Side(2, sha1: 8)));
        Assert.Equal(MergeVerdict.OneMore, Decide(Side(1, md5: 7), Side(2, md5: 7)));
        Assert.Equal(MergeVerdict.OneMore, Decide(Side(1, md5: 6, sha1: 7), Side(2, md5: 5, sha1: 7)));
    }

    [Fact]
    public void What_waits_for_a_person_is_decided_first()
    {
        Assert.Equal(MergeVerdict.Same, Decide(Side(1), Side(1)));
        Assert.Equal(MergeVerdict.Waits, Decide(Side(1), Side(2) with { Waits = true }));
        Assert.Equal(MergeVerdict.InDispute, Decide(Side(1) with { IsInDispute = true }, Side(2)));
        Assert.Equal(MergeVerdict.InQuarantine, Decide(Side(1), Side(2, flags: RecordFlags.Quarantined)));
    }

    [Fact]
    public void Two_videos_are_one_only_by_their_bytes()
    {
        Assert.Equal(MergeVerdict.TwoVideos, Decide(Side(1) with { Frames = true }, Side(2) with { Frames = true }));
        Assert.Equal(MergeVerdict.Proven, Decide(Side(1, sha1: 7) with { Frames = true }, Side(2, sha1: 7) with { Frames = true }));
    }

    [Fact]
    public void What_one_batch_called_known_and_harmless_at_once_is_not_merged() =>
        Assert.Equal(MergeVerdict.SaidBoth, Decide(Side(1) with { Words = [Word(5, Says.Known)] }, Side(2) with { Words = [Word(5, Says.Benign)] }));

    [Fact]
    public void The_older_one_survives_unless_only_the_other_is_in_use()
    {
        Assert.Equal(1, Mergeable.Order(Side(2).Record, Side(1).Record, r => r).Survivor.Id.Value);
        Assert.Equal(2, Mergeable.Order(Side(1).Record, Side(2, state: HashRecordState.Confirmed).Record, r => r).Survivor.Id.Value);
    }

    private static MergeVerdict Decide(Mergeable.Side one, Mergeable.Side other) => Mergeable.Decide(one, other);

    private static WhatHolds.Word Word(int statement, Says says) => new(statement, 2, Trust.Confirms, null, says, null, RecordFlags.None);

    private static Mergeable.Side Side(int number, byte? md5 = null, byte? sha1 = null, RecordFlags flags = RecordFlags.None, HashRecordState state = HashRecordState.Proposed)
    {
        var record = new HashRecord { Id = new(number), OpenedBy = 1, Md5 = md5 is { } m ? [.. Enumerable.Repeat(m, 16)] : null, Sha1 = sha1 is { } s ? [.. Enumerable.Repeat(s, 20)] : null };
        record.Take(new WhatHolds.Result(state, false, flags, null));
        return new(record, [], Frames: false, IsInDispute: false, Waits: false);
    }
}
