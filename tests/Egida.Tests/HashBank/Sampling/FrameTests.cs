using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Sampling;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Egida.Tests.HashBank.Imports;
using Egida.Tests.HashBank.Merging;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Sampling;

/// <summary>What can be drawn: everything of which there is material, whoever brought it and whenever the material came.</summary>
public sealed class FrameTests
{
    [Theory, OnBothDatabases]
    public async Task A_record_of_a_list_whose_material_is_captured_after_a_draw_is_in_the_next_one(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var lab = (await host.Admit("lab"))!.Value;
        await host.Import("lab", [Row(1, 1), Row(2, 2)]);
        var listed = (await host.Records())[0].Id;
        await host.Assessed(Bank.Person(11), 1, from: 10);
        Assert.DoesNotContain(listed, (await host.Draw(quality)).Select(s => s.RecordId));

        await host.CapturedAgain(listed);

        Assert.Contains(listed, (await host.Draw(quality)).Select(s => s.RecordId));
        Assert.Equal((lab, null), ((await host.GroupOf(listed)).SourceId, (await host.GroupOf(listed)).Assessor));
    }

    [Theory, OnBothDatabases]
    public async Task Draws_follow_each_other_although_nothing_in_the_bank_changes_between_them(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var records = new[] { await host.Known(1), await host.Known(2), await host.Known(3) };
        var changes = await host.Changes();
        foreach (var record in records)
        {
            await host.CapturedAgain(record);
            Assert.Contains(record, (await host.Draw(quality)).Select(s => s.RecordId));
        }

        Assert.Equal(changes, await host.Changes());
        Assert.Equal([(0L, changes), (changes, changes), (changes, changes)], (await host.Read(db => db.Set<HashSample>().OrderBy(s => s.Number).ToListAsync())).Select(s => (s.AfterChange, s.UpToChange)));
        foreach (var sampled in await host.Sampled())
        {
            Assert.Contains("The seed draws the same records", (await quality.Get($"{SampleBench.Page}/{sampled.SampleId}?again=yes")).Text, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await host.Draw(quality)).Count);
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_who_draw_at_once_one_draws(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        await host.CapturedAgain(record);

        await host.InScope((DrawSample first) => host.InScope(async (DrawSample second) =>
        {
            var (mine, theirs) = ((await first.Read(Bank.Person(1), CancellationToken.None)).Item2, (await second.Read(Bank.Person(2), CancellationToken.None)).Item2);
            Assert.Equal(DrawSample.Outcome.Drawn, await first.Take(mine!, Bank.Person(1), CancellationToken.None));
            Assert.Equal(DrawSample.Outcome.Nothing, await second.Take(theirs!, Bank.Person(2), CancellationToken.None));
        }));

        Assert.Single(await host.Sampled());
    }

    [Theory, OnBothDatabases]
    public async Task What_a_list_brought_and_somebody_here_assessed_is_the_list_s_and_can_be_drawn(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var lab = (await host.Admit("lab"))!.Value;
        await host.Import("lab", [Row(1, 1)]);
        await host.AssessedToo(Bank.Person(11), 1);

        var sampled = Assert.Single(await host.Draw(quality));

        Assert.Equal((lab, null), ((await host.GroupOf(sampled.RecordId)).SourceId, (await host.GroupOf(sampled.RecordId)).Assessor));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_withdrawn_and_proposed_anew_is_theirs_who_proposed_it_anew(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var record = (await host.Assessed(Bank.Person(11), 1))[0];
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(3), "a mistake", CancellationToken.None));
        Assert.Equal([record], await host.Assessed(Bank.Person(12), 1));

        Assert.Equal(record, Assert.Single(await host.Draw(quality)).RecordId);
        Assert.Equal(Bank.Person(12), (await host.GroupOf(record)).Assessor);
    }

    [Theory, OnBothDatabases]
    public async Task Of_merged_records_the_one_that_stands_for_both_is_drawn_by_the_material_of_either(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var (assessed, known, recognised) = (await host.Known(1), await host.Known(2), await host.Known(3));
        var below = (await host.Assessed(Bank.Person(11), 1, from: 10))[0];
        await host.CapturedAgain(recognised);
        await host.Merged(assessed, below);
        await host.Merged(known, recognised);

        Assert.Equal([assessed, known], (await host.Draw(quality)).Select(s => s.RecordId));
    }

    [Theory, OnBothDatabases]
    public async Task Material_that_was_found_before_a_draw_and_kept_after_it_changes_nothing_for_that_draw_and_is_in_the_next(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var late = new List<HashRecordId>();
        for (var number = 100; number < 112; number++) late.Add(await host.Known(number));
        await host.Assessed(Bank.Person(1), 5);
        var sampled = await host.Draw(quality);
        Assert.Equal(5, sampled.Count);

        foreach (var record in late) await host.CapturedAgain(record, host.Clock.Now.AddMinutes(-20));

        Assert.Contains("The seed draws the same records", (await quality.Get($"{SampleBench.Page}/{sampled[0].SampleId}?again=yes")).Text, StringComparison.Ordinal);
        await host.Known(500);
        Assert.Subset(late.ToHashSet(), (await host.Draw(quality)).Select(s => s.RecordId).Except(sampled.Select(s => s.RecordId)).ToHashSet());
        Assert.Equal(10, (await host.Sampled()).Count);
    }

    [Theory, OnBothDatabases]
    public async Task In_the_place_of_what_is_disputed_while_a_draw_is_made_others_are_drawn_and_the_draw_can_be_made_again(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var records = await host.Assessed(Bank.Person(11), 10);
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        host.Clock.Advance(TimeSpan.FromDays(1));

        await host.InScope(async (DrawSample draw) =>
        {
            var (_, ready) = await draw.Read(Bank.Person(1), CancellationToken.None);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var record in records.Take(5)) await partner.Dispute(record);
            Assert.Equal(DrawSample.Outcome.Drawn, await draw.Take(ready!, Bank.Person(1), CancellationToken.None));
        });

        var sampled = await host.Sampled();
        Assert.Equal(records.Skip(5), sampled.Select(s => s.RecordId));
        Assert.Equal(5, await host.Read(db => db.Set<SampleGroup>().Select(g => g.Size).SingleAsync()));
        Assert.Contains("The seed draws the same records", (await quality.Get($"{SampleBench.Page}/{sampled[0].SampleId}?again=yes")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_draws_again_before_the_least_time_has_passed(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        await host.Assessed(Bank.Person(11), 1);
        var page = await quality.Get(SampleBench.Page);
        await quality.Submit(page, selector: "form.draw");
        await host.Assessed(Bank.Person(12), 1, from: 10);
        host.Clock.Advance(TimeSpan.FromDays(6));

        var soon = await quality.Follow(await quality.Submit(page, selector: "form.draw"));

        Assert.Single(await host.Sampled());
        Assert.Null(soon.Document.QuerySelector("form.draw"));
        Assert.Contains("At least so many days lie between two draws: 7", soon.Text, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await quality.Submit(await quality.Get(SampleBench.Page), selector: "form.draw");
        Assert.Equal(2, (await host.Sampled()).Count);
    }
}
