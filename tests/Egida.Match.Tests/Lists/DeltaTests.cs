namespace Egida.Match.Tests.Lists;

public sealed class DeltaTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void A_delta_adds_replaces_and_withdraws()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1), Hotline.Record(2), Hotline.Record(3)]);
        var delta = _hotline.Write(Hotline.Header(12, since: 10), [Hotline.Record(2, "pl:c"), Hotline.Record(4)], 3);
        using var list = _hotline.Open(delta, full);

        Assert.Equal(12, list.Number);
        Assert.Equal(["1 pl:a", "2 pl:c", "4 pl:a"], Found(list));
    }

    [Fact]
    public void A_record_with_other_hashes_isnt_found_by_its_old_ones()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1), Hotline.Record(2)]);
        var delta = _hotline.Write(Hotline.Header(11, since: 10), [Hotline.Record(2, version: 1)]);
        using var list = _hotline.Open(full, delta);

        Assert.Empty(list.Find(Hotline.Record(2).Md5[0]));
        Assert.Empty(list.FindNear([Hotline.Record(2).Pdq[0]]));
        Assert.Single(list.Find(Hotline.Record(2, version: 1).Md5[0]));
    }

    [Fact]
    public void Withdrawals_hold_for_older_lists_even_when_deltas_between_are_missing()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1), Hotline.Record(2)]);
        var late = _hotline.Write(Hotline.Header(20, since: 19) with { ValidUntil = Hotline.Today.AddDays(90) }, [], 2);
        using var list = _hotline.Open(full, late);

        Assert.Equal(["1 pl:a"], Found(list));
        // It isn't complete up to there, and isn't valid for longer.
        Assert.Equal((10, Hotline.Today.AddDays(30)), (list.Number, list.ValidUntil));
    }

    [Fact]
    public void What_was_withdrawn_can_come_back()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1)]);
        var gone = _hotline.Write(Hotline.Header(11, since: 10), [], 1);
        var back = _hotline.Write(Hotline.Header(12, since: 11), [Hotline.Record(1, "pl:b")]);

        using (var list = _hotline.Open(full, gone)) Assert.Empty(Found(list));
        using (var list = _hotline.Open(full, gone, back)) Assert.Equal(["1 pl:b"], Found(list));
    }

    [Fact]
    public void A_delta_makes_an_old_full_list_valid_for_longer()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1)]);
        var delta = _hotline.Write(Hotline.Header(11, since: 10) with { ValidUntil = Hotline.Today.AddDays(60) }, []);
        _hotline.Clock.Now = Hotline.Today.AddDays(45);

        Assert.Equal(ListProblem.Expired, _hotline.Refused(full));
        using var list = _hotline.Open(full, delta);
        Assert.Equal(["1 pl:a"], Found(list));
    }

    [Fact]
    public void Deltas_that_are_older_than_the_full_list_change_nothing()
    {
        var old = _hotline.Write(Hotline.Header(9, since: 8), [Hotline.Record(5)], 1);
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1)]);
        using var list = _hotline.Open(old, full);

        Assert.Equal(["1 pl:a"], Found(list));
    }

    [Fact]
    public void What_doesnt_go_together_is_refused()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1)]);
        string Delta(ListHeader header, params ListRecord[] records) => _hotline.Write(header, records);

        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(Delta(Hotline.Header(11, since: 10))));
        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(full, Delta(Hotline.Header(13, since: 11), Hotline.Record(2))));
        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(full, Delta(Hotline.Header(11, since: 10) with { Series = "hotline.example/other" })));
        // Nor is a list left out silently because its number is lower.
        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(full, Delta(Hotline.Header(3) with { Series = "hotline.example/other" })));
        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(full, Delta(Hotline.Header(11, since: 10) with { Jurisdiction = "de" })));
        Assert.Equal(ListProblem.DoesNotFit, _hotline.Refused(full, Delta(Hotline.Header(11, since: 10)), Delta(Hotline.Header(11, since: 9))));
    }

    [Fact]
    public void Without_its_delta_of_withdrawals_the_full_list_is_refused_from_then_on()
    {
        var full = _hotline.Write(Hotline.Header(10), [Hotline.Record(1)]);
        var delta = _hotline.Write(Hotline.Header(11, since: 10), [], 1);
        var trust = _hotline.Trust with { Seen = new SeenLists(_hotline.Folder["seen"]) };

        KnownList.Open(trust, full, delta).Dispose();
        Assert.Equal(ListProblem.Replayed, Hotline.Refused(trust, full));
    }

    private static IEnumerable<string> Found(KnownList list) =>
        Enumerable.Range(1, 9).SelectMany(number => list.Find(Hotline.Record(number).Sha1[0])).Select(match => $"{match.Number} {match.Class}");
}
