using Egida.HashBank;
using Egida.HashBank.Partners.Floods;
using Egida.Platform.Actions;
using FsCheck;
using FsCheck.Fluent;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Partners.Floods;

public sealed class FloodRulesTests
{
    [Fact]
    public void It_begins_once_an_hour_however_the_matches_come() => Prop.ForAll(
        Gen.Choose(1, 50).ArrayOf().Select(parts => parts.ToList()).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (parts, busiest) =>
        {
            var rules = new FloodRules(30, 4);
            var (sum, begun) = (0L, 0);
            foreach (var part in parts)
            {
                if (rules.Begins(sum, sum + part, busiest)) begun++;
                sum += part;
            }

            return begun == (sum > Math.Max(30, 4 * busiest) ? 1 : 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_hash_is_one_question_and_the_kinds_of_one_file_are_one_match()
    {
        var record = new HashRecord { Id = new HashRecordId(7), OpenedBy = 1 };
        record.Take(new WhatHolds.Result(HashRecordState.Confirmed, IsBenign: false, RecordFlags.Quarantined, null));
        BankSearch.Asked[] asked = [Asked(HashKind.Md5, 1), Asked(HashKind.Sha256, 2), Asked(HashKind.Pdq, 3), Asked(HashKind.Pdq, 3), Asked(HashKind.Pdq, 4), Asked(HashKind.Pdq, 5)];
        IReadOnlyList<IReadOnlyList<BankHit>> hits = [.. asked.Take(5).Select(a => (IReadOnlyList<BankHit>)[new BankHit(record, a.Kind, 0)]), []];

        Assert.Equal([KeyValuePair.Create(7, 2)], MatchCount.Of(asked, hits));

        static BankSearch.Asked Asked(HashKind kind, byte value) => new(kind, [value]);
    }

    [Fact]
    public void In_quarantine_the_bytes_answer_only_if_two_people_stand_for_it()
    {
        WhatHolds.Word system = new(5, HashSource.House, Trust.Proposes, null, Says.Quarantines, null, RecordFlags.None);
        WhatHolds.Word list = new(1, 2, Trust.Confirms, null, Says.Known, null, RecordFlags.None);
        WhatHolds.Word[] people = [.. Enumerable.Range(1, 2).Select(n => new WhatHolds.Word(1 + n, HashSource.House, Trust.Proposes, new StaffId(new Guid(n, 0, 0, new byte[8])), Says.Known, null, RecordFlags.None))];

        Assert.Equal(RecordFlags.Quarantined | RecordFlags.Silenced, WhatHolds.Of([list, system]).Flags);
        Assert.Equal(RecordFlags.Quarantined | RecordFlags.Silenced, WhatHolds.Of([list, people[0], system]).Flags);
        Assert.Equal(RecordFlags.Quarantined, WhatHolds.Of([.. people, system]).Flags);
        Assert.Equal(RecordFlags.None, WhatHolds.Of([list, system, system with { Order = 6, Says = Says.Releases, Person = people[0].Person }]).Flags);
        Assert.Equal(HashRecordState.Confirmed, WhatHolds.Of([list, system]).State);
    }
}
