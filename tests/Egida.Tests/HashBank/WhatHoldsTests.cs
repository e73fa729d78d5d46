using Egida.HashBank;
using Egida.Platform.Actions;
using FsCheck;
using FsCheck.Fluent;
using static Egida.HashBank.HashRecordState;
using static Egida.HashBank.WhatHolds;

namespace Egida.Tests.HashBank;

/// <summary>What holds is a pure rule over everything that was said.</summary>
public sealed class WhatHoldsTests
{
    private static readonly StaffId[] People = [.. Enumerable.Range(1, 4).Select(n => new StaffId(new Guid(n, 0, 0, new byte[8])))];

    [Fact]
    public void One_person_proposes_and_another_confirms()
    {
        Assert.Equal(Proposed, Of([By(0, 1)]).State);
        Assert.Equal(Confirmed, Of([By(0, 1), By(1, 2)]).State);
    }

    [Fact]
    public void The_same_person_twice_is_one_person() => Assert.Equal(Proposed, Of([By(0, 1), By(0, 2)]).State);

    [Fact]
    public void Lists_that_only_propose_never_confirm_each_other_but_one_stands_beside_a_person()
    {
        Assert.Equal(Proposed, Of([From(2, Trust.Proposes, 1), From(3, Trust.Proposes, 2)]).State);
        Assert.Equal(Confirmed, Of([From(2, Trust.Proposes, 1), By(0, 2)]).State);
        Assert.Equal(Confirmed, Of([From(2, Trust.Confirms, 1)]).State);
        Assert.Equal(Proposed, Of([From(2, Trust.Notes, 1), By(0, 2)]).State);
    }

    [Fact]
    public void After_a_dispute_two_others_must_stand_for_it_again()
    {
        List<Word> said = [From(2, Trust.Confirms, 1), By(0, 2), By(1, 3, Says.Disputes)];
        Assert.Equal(Disputed, Of(said).State);
        Assert.Equal(Disputed, Of([.. said, From(2, Trust.Confirms, 4)]).State);
        Assert.Equal(Disputed, Of([.. said, By(1, 4), By(0, 5)]).State);
        Assert.Equal(Confirmed, Of([.. said, By(0, 4), By(2, 5)]).State);
    }

    [Fact]
    public void A_withdrawn_record_comes_back_only_by_people()
    {
        List<Word> said = [By(0, 1), By(1, 2), By(2, 3, Says.Withdraws)];
        Assert.Equal(Withdrawn, Of(said).State);
        Assert.Equal(Withdrawn, Of([.. said, From(2, Trust.Confirms, 4)]).State);
        Assert.Equal(Proposed, Of([.. said, By(0, 4)]).State);
        Assert.Equal(Confirmed, Of([.. said, By(0, 4), By(1, 5)]).State);
    }

    [Fact]
    public void When_the_only_source_takes_it_back_it_is_withdrawn()
    {
        Assert.Equal(Withdrawn, Of([From(2, Trust.Confirms, 1), From(2, Trust.Confirms, 2, Says.TakesBack)]).State);
        Assert.Equal(Proposed, Of([From(2, Trust.Confirms, 1), By(0, 2), From(2, Trust.Confirms, 3, Says.TakesBack)]).State);
    }

    [Fact]
    public void Known_and_harmless_at_once_is_a_dispute_and_harmless_needs_two_as_well()
    {
        Assert.Equal(Disputed, Of([By(0, 1), By(1, 2, Says.Benign)]).State);
        Assert.Equal((Proposed, true), (Of([By(0, 1, Says.Benign)]).State, Of([By(0, 1, Says.Benign)]).IsBenign));
        Assert.Equal(new WhatHolds.Result(Confirmed, true, RecordFlags.None, null), Of([By(0, 1, Says.Benign), By(1, 2, Says.Benign)]));
    }

    [Fact]
    public void The_last_writer_does_not_decide_the_classification()
    {
        Assert.Equal(7, Of([By(0, 1, classification: 7), From(2, Trust.Confirms, 2, classification: 8)]).Classification);
        Assert.Equal(8, Of([From(2, Trust.Proposes, 1, classification: 7), From(3, Trust.Confirms, 2, classification: 8)]).Classification);
        Assert.Equal(7, Of([By(0, 1, classification: 7), By(1, 2, classification: 7), By(2, 3, classification: 8)]).Classification);
        Assert.Equal(7, Of([By(0, 1, classification: 7), By(1, 2, classification: 8)]).Classification);
    }

    [Fact]
    public void The_mark_of_colliding_looks_is_set_and_taken_off_by_the_latest_word()
    {
        Assert.Equal(RecordFlags.CollisionProne, Of([By(0, 1), By(1, 2, Says.MarksCollisionProne)]).Flags);
        Assert.Equal(RecordFlags.None, Of([By(0, 1), By(1, 2, Says.MarksCollisionProne), By(0, 3, Says.UnmarksCollisionProne)]).Flags);
        Assert.Equal(Proposed, Of([By(0, 1), By(1, 2, Says.MarksCollisionProne)]).State);
    }

    [Fact]
    public void Whatever_was_said_in_whichever_order_it_is_read_the_result_is_the_same() =>
        Prop.ForAll(Words(), said => Of(said) == Of(said.AsEnumerable().Reverse())).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_was_said_a_record_in_use_has_two_behind_it_who_came_after_every_objection() => Prop.ForAll(Words(), said =>
    {
        if (Of(said).State != Confirmed)
        {
            return true;
        }

        var objection = said.LastOrDefault(w => w.Says is Says.Withdraws or Says.Disputes);
        var after = said.Where(w => w.Order > objection.Order).ToList();
        var people = after.Where(w => w.Person is not null && w.IsStance).Select(w => w.Person).Distinct().Count();
        var takenBack = said.Exists(w => w.Says == Says.TakesBack);
        return people >= 2
            || ((objection.Order == 0 || takenBack) && said.Exists(w => w is { Person: null, IsStance: true, Trust: not Trust.Notes }))
            || (takenBack && said.Where(w => w.Person is not null && w.IsStance).Select(w => w.Person).Distinct().Count() >= 2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_was_said_a_source_that_is_only_noted_changes_no_state() => Prop.ForAll(Words(), said =>
        said.Exists(w => w.Says == Says.TakesBack) || Of([.. said, From(9, Trust.Notes, 1000)]).State == Of(said).State || said.Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_was_said_whoever_objects_takes_it_out_of_use_at_once() => Prop.ForAll(Words(), said =>
        Of([.. said, By(3, 1000, Says.Disputes)]).State is not Confirmed && Of([.. said, By(3, 1000, Says.Withdraws)]).State is Withdrawn).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_was_said_a_person_counts_once() => Prop.ForAll(Words(), said =>
        !MayStandFor([.. said, By(0, 1000)], People[0])).QuickCheckThrowOnFailure();

    private static Arbitrary<List<Word>> Words() => Gen.Zip(Gen.Choose(0, 6), Gen.Choose(1, 5)).ListOf()
        .Select(acts => acts.Select((act, i) => act.Item1 switch
        {
            < 4 => By(act.Item1, i + 1, (Says)act.Item2),
            var source => From((short)source, (Trust)(source - 4), i + 1, act.Item2 is 3 or 4 ? Says.Known : (Says)act.Item2),
        }).ToList()).ToArbitrary();

    private static Word By(int person, int order, Says says = Says.Known, int? classification = null) =>
        new(order, HashSource.House, Trust.Proposes, People[person], says, classification, RecordFlags.None);

    private static Word From(short source, Trust trust, int order, Says says = Says.Known, int? classification = null) =>
        new(order, source, trust, null, says, classification, RecordFlags.None);
}
