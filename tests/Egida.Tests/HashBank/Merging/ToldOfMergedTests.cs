using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Merging;

/// <summary>Whoever was told of one record in the place of another learns what becomes of either, however the answer and the merge came one after the other.</summary>
public sealed class ToldOfMergedTests
{
    [Theory, OnBothDatabases]
    public async Task Whoever_was_told_of_the_survivor_while_they_were_one_learns_of_the_separated_one_and_nobody_else_does(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        var (early, _) = await host.Partner("Early");
        var (late, _) = await host.Partner("Late");
        using var _early = early;
        using var _late = late;
        await early.Ask(1);
        Later(host);
        var merge = await host.Merged(one, other);
        Later(host);
        await late.Ask(2);
        Later(host);

        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));
        Assert.Equal([(one.Value, "confirmed"), (other.Value, "confirmed")], await Corrections(late));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(other, Bank.Person(6), "a mistake", CancellationToken.None));

        Assert.Equal([(one.Value, "confirmed"), (other.Value, "withdrawn")], await Corrections(late));
        Assert.Equal([(one.Value, "confirmed")], await Corrections(early));
    }

    [Theory, OnBothDatabases]
    public async Task However_many_merges_come_off_who_was_told_is_passed_on_to_the_last(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, two, three) = (await host.Known(1), await host.Known(2), await host.Known(3));
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Ask(2);
        Later(host);
        var inner = await host.Merged(two, three);
        var outer = await host.Merged(one, two);
        Later(host);
        await partner.Ask(3);
        Later(host);

        await host.UndoMerge(outer);
        await host.UndoMerge(inner);

        Assert.Equal([one.Value, two.Value, three.Value], (await Corrections(partner)).Select(c => c.Record));
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_that_is_noted_after_the_merge_counts_for_the_survivor(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        var (partner, id) = await host.Partner();
        using var _partner = partner;
        var answer = await Answer(host, id, other);
        await host.Merged(one, other);
        Later(host);

        await host.InScope((NoteAnswers note) => note.Handle([answer], CancellationToken.None));

        Assert.Equal([(one.Value, "confirmed"), (other.Value, "merged")], await Corrections(partner));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(one, Bank.Person(6), "a mistake", CancellationToken.None));
        Assert.Equal([(one.Value, "withdrawn"), (other.Value, "merged")], await Corrections(partner));
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_that_is_noted_after_they_were_separated_counts_for_both(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other, third) = (await host.Known(1), await host.Known(2), await host.Known(3));
        var before = await host.Merged(one, third);
        await host.UndoMerge(before);
        var merge = await host.Merged(one, other);
        var (partner, id) = await host.Partner();
        using var _partner = partner;
        var answer = await Answer(host, id, one);
        await host.UndoMerge(merge);
        Later(host);

        await host.InScope((NoteAnswers note) => note.Handle([answer], CancellationToken.None));

        // What was separated before the answer has nothing to do with it.
        Assert.Equal([one, other], await host.Read(db => db.Set<RecordTold>().OrderBy(t => t.RecordId).Select(t => t.RecordId).ToListAsync()));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(other, Bank.Person(6), "a mistake", CancellationToken.None));
        // The answer was read while the one stood for both: that it doesn't any more is news, although the note is from later.
        Assert.Equal([(one.Value, "confirmed"), (other.Value, "withdrawn")], await Corrections(partner));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_told_before_a_merge_and_what_after_it_no_clock_decides(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        var (early, _) = await host.Partner("Early");
        var (late, _) = await host.Partner("Late");
        var (last, _) = await host.Partner("Last");
        using var _early = early;
        using var _late = late;
        using var _last = last;

        // Each step is noted by a machine whose clock is behind that of the one before.
        await early.Ask(1);
        Earlier();
        var merge = await host.Merged(one, other);
        Earlier();
        await late.Ask(1);
        Assert.Equal([(one.Value, "confirmed")], await Corrections(early));
        Assert.Empty(await Corrections(late));
        Earlier();
        await host.UndoMerge(merge);
        Earlier();
        await last.Ask(1);

        Assert.Equal([(one.Value, "confirmed")], await Corrections(early));
        Assert.Equal([(one.Value, "confirmed"), (other.Value, "confirmed")], await Corrections(late));
        Assert.Empty(await Corrections(last));

        void Earlier() => host.Clock.Advance(TimeSpan.FromMinutes(-1));
    }

    private static void Later(EgidaHost host) => host.Clock.Advance(TimeSpan.FromMinutes(1));

    /// <summary>As it was read now, and is noted when it is handed in.</summary>
    private static async Task<AnswerNote> Answer(EgidaHost host, HashPartnerId partner, HashRecordId record)
    {
        var head = await host.Read(db => db.Set<BankHead>().AsNoTracking().SingleAsync());
        return new AnswerNote(partner, "upload-check", 1, 0, 1, [record.Value], new Dictionary<int, int>()) { Statement = head.Statements, Change = head.Changes };
    }

    private static async Task<List<(int Record, string State)>> Corrections(HttpClient partner) =>
        [.. (await partner.Json("/api/v1/corrections")).GetProperty("corrections").EnumerateArray().Select(c => (c.GetProperty("record").GetInt32(), c.GetProperty("state").GetString()!)).Order()];
}
