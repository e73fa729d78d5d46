using Egida.HashBank;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Match;
using RecordFlags = Egida.HashBank.RecordFlags;

namespace Egida.Tests.HashBank.Lists;

public sealed class ListEntriesTests
{
    [Theory]
    [InlineData(RecordFlags.None, 1, 1)]
    [InlineData(RecordFlags.CollisionProne, 1, 0)]
    [InlineData(RecordFlags.Quarantined, 1, 0)]
    public void What_is_not_answered_by_its_looks_is_in_a_list_without_them(RecordFlags flags, int digests, int looks)
    {
        var entry = Entry(flags)!;

        Assert.Equal((digests, looks), (entry.Sha256.Count, entry.Pdq.Count));
    }

    [Fact]
    public void What_is_silenced_is_in_no_list() => Assert.Null(Entry(RecordFlags.Quarantined | RecordFlags.Silenced));

    private static ListRecord? Entry(RecordFlags flags)
    {
        var record = new HashRecord { Id = new HashRecordId(1), OpenedBy = 1, Sha256 = new byte[32], Pdq = Bank.Look(1).ToByteArray(), PdqQuality = 100 };
        record.Take(new WhatHolds.Result(HashRecordState.Confirmed, false, flags, null));
        var list = new HashList
        {
            Id = new HashListId(Guid.NewGuid()),
            PartnerId = new HashPartnerId(Guid.NewGuid()),
            Name = "known",
            Jurisdiction = "PL",
            Kinds = ListKinds.Sha256 | ListKinds.Pdq,
            Classes = "",
            OpenedBy = Bank.Person(1),
            OpenedAt = DateTime.UnixEpoch,
        };
        return ListEntries.Entry(record, [], "illegal", list, PartnerKnowledge.None);
    }
}
