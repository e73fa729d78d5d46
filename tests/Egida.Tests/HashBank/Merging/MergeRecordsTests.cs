using System.Net;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Merging;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Merging;

public sealed class MergeRecordsTests
{
    [Theory, OnBothDatabases]
    public async Task The_same_file_from_two_lists_is_merged_by_one_person_and_every_hash_and_the_old_number_lead_to_the_survivor(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("one");
        await host.Admit("two");
        await host.Import("one", [Row(1, 1, hashes: Hashes(1, pdq: false)), Row(2, 1, hashes: Hashes(1, md5: false, sha1: false, sha256: true))]);
        await host.Import("two", [Row(1, 1, hashes: Hashes(1, pdq: false, sha256: true))], "other");
        var (older, newer) = (new HashRecordId(1), new HashRecordId(2));
        using var staff = await host.SignInEnglish(Role.SeniorAnalyst);

        var compare = await staff.Get((await staff.Get($"/staff/hash-bank/{newer}")).Document.QuerySelector("main a[href*='merges/new']")!.GetAttribute("href")!);
        Assert.Contains("One person is enough", compare.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(compare, selector: "form.merge")).Status);
        var done = await staff.Submit(compare, new Dictionary<string, string> { ["why"] = "one file, two lists" }, "form.merge");

        Assert.Contains("These two records are one now", (await staff.Follow(done)).Text, StringComparison.Ordinal);
        Assert.Equal((HashRecordState.Merged, older), ((await host.Get(newer)).State, (await host.Get(newer)).MergedInto));
        foreach (var (kind, value, _) in Bank.HashesOf(1))
        {
            Assert.Equal([older.Value], await host.Find(kind, value));
        }

        var led = await staff.Get($"/staff/hash-bank/{newer}");
        Assert.Equal($"/staff/hash-bank/{older}?merged={newer}", led.Location!.ToString());
        var page = await staff.Follow(led);
        Assert.Contains($"Record {newer} is part of record {older}", page.Text, StringComparison.Ordinal);
        Assert.Contains("one file, two lists", page.Text, StringComparison.Ordinal);
        Assert.Equal(3, page.Document.QuerySelectorAll("section[aria-labelledby=said-title] tbody tr").Length);
    }

    [Theory, OnBothDatabases]
    public async Task What_only_looks_the_same_needs_two_people_and_then_answers_as_one_within_both_radii(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var known = await host.Known(1);
        var smaller = await host.Record(2, Merges.Version(1, 1, bits: 30));
        using var first = await host.SignInEnglish(Role.SeniorAnalyst);
        using var second = await host.SignInEnglish(Role.Quality);
        var compare = await first.Get($"/staff/hash-bank/merges/new?one={smaller}&other={known}");
        Assert.Contains("different bits: 30", compare.Text, StringComparison.Ordinal);

        var proposed = await first.Submit(compare, new Dictionary<string, string> { ["why"] = "saved smaller" }, "form.merge");
        Assert.Null((await first.Follow(proposed)).Document.QuerySelector("form.confirm"));
        Assert.Equal(HashRecordState.Proposed, (await host.Get(smaller)).State);
        Assert.Contains("Waits for a second person", (await second.Get("/staff/hash-bank/merges")).Text, StringComparison.Ordinal);
        await second.Submit(await second.Get(proposed.Location!.ToString()), selector: "form.confirm");
        // What one has through the merge doesn't say that they had it in common.
        var merged = (await second.Get(proposed.Location!.ToString())).Text;
        Assert.Contains("different bits: 30", merged, StringComparison.Ordinal);
        Assert.DoesNotContain("the same", merged[merged.IndexOf("Compared", StringComparison.Ordinal)..], StringComparison.Ordinal);

        Assert.Equal((HashRecordState.Merged, known), ((await host.Get(smaller)).State, (await host.Get(smaller)).MergedInto));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(known)).State);
        var beyond = Flip(Bank.Near(1, 30), 20);
        Assert.Equal([known.Value], await host.Find(HashKind.Sha256, Merges.Version(1, 1)[0].Item2));
        Assert.True(Bank.Look(1).Distance(Egida.HashSearch.Hash256.FromBytes(Convert.FromHexString(beyond))) > Lookup.Radius);
        Assert.Equal([known.Value], await host.Find(HashKind.Pdq, beyond, Lookup.Radius));
    }

    [Theory, OnBothDatabases]
    public async Task A_merge_that_was_wrong_is_undone_and_each_is_what_it_was(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var one = await host.Record(1);
        await host.Import("lab", [Row(1, 2, key: "entry-2")]);
        var other = new HashRecordId(2);
        var before = (await Shape(host, one), await Shape(host, other));

        var merge = await host.Merged(one, other);
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(one)).State);
        Assert.Equal([one.Value], await host.Find(HashKind.Pdq, Bank.Look(2).ToString()));
        using var staff = await host.SignInEnglish(Role.Quality);
        await staff.Submit(await staff.Get($"/staff/hash-bank/merges/{merge}"), new Dictionary<string, string> { ["apart"] = "two pictures after all" }, "form.undo");

        Assert.Equal(before, (await Shape(host, one), await Shape(host, other)));
        Assert.Equal([other.Value], await host.Find(HashKind.Pdq, Bank.Look(2).ToString()));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/staff/hash-bank/{other}")).Status);
        // The source's entry is about the separated record again: it can still take it back.
        await host.Import("lab", [Row(1, 2, Says.TakesBack, key: "entry-2")], "tombstones");
        Assert.Equal(HashRecordState.Withdrawn, (await host.Get(other)).State);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_withdrawn_while_they_were_one_comes_back_in_doubt(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        var merge = await host.Merged(one, other);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(one, Bank.Person(6), "a mistake", CancellationToken.None));
        Assert.Equal(SpokenOutcome.NothingToDo, await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(other, Bank.Person(6), "a mistake", CancellationToken.None)));

        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(merge));

        Assert.Equal((HashRecordState.Withdrawn, HashRecordState.Disputed), ((await host.Get(one)).State, (await host.Get(other)).State));
    }

    [Theory, OnBothDatabases]
    public async Task Merges_come_off_in_the_order_in_which_they_were_put_on_and_numbers_lead_to_the_last_survivor(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, two, three) = (await host.Record(1), await host.Record(2), await host.Record(3));
        var inner = await host.Merged(two, three);
        var outer = await host.Merged(one, two);

        Assert.Equal((one, one), ((await host.Get(two)).MergedInto!.Value, (await host.Get(three)).MergedInto!.Value));
        Assert.Equal([one.Value], await host.Find(HashKind.Md5, Bank.HashesOf(3)[0].Value));
        Assert.Equal(SettleMerge.Outcome.NotWaiting, await host.UndoMerge(inner));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(outer));
        Assert.Equal([two.Value], await host.Find(HashKind.Md5, Bank.HashesOf(3)[0].Value));
        Assert.Equal(SettleMerge.Outcome.Done, await host.UndoMerge(inner));
        Assert.Equal([three.Value], await host.Find(HashKind.Md5, Bank.HashesOf(3)[0].Value));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_names_the_merged_number_reaches_the_survivor_and_partners_learn_of_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (await host.Known(1), await host.Known(2));
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Ask(2);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Merged(one, other);

        var news = (await partner.Json("/api/v1/corrections")).GetProperty("corrections").EnumerateArray().ToDictionary(c => c.GetProperty("record").GetInt32());
        Assert.Equal(("merged", one.Value), (news[other.Value].GetProperty("state").GetString(), news[other.Value].GetProperty("mergedInto").GetInt32()));
        Assert.Equal("confirmed", news[one.Value].GetProperty("state").GetString());
        Assert.Equal(202, (await partner.Dispute(other)).Status);
        Assert.Equal(one, (await host.Case()).RecordId);

        // The case is open: neither may be merged on, and whoever spoke about the merged one isn't a second assessor of the survivor.
        var third = await host.Record(3);
        Assert.Equal(MergeVerdict.InDispute, Assert.IsType<MergeRecords.Outcome.Refused>(await host.TryMerge(one, third)).Why);
        var about = await host.Case();
        Assert.False(await host.InScope((BlindTo blind) => blind.MayAssess(about, Bank.Person(2), CancellationToken.None)));
    }

    [Theory, OnBothDatabases]
    public async Task An_import_that_has_the_merged_ones_digest_speaks_about_the_survivor_and_opens_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab", Trust.Proposes);
        var (one, other) = (await host.Record(1), await host.Record(2));
        await host.Merged(one, other);

        var run = await host.Import("lab", [Row(1, 2, key: "k", hashes: Hashes(2, sha256: true))]);

        Assert.Equal((0, 1), (run.Counts.New, run.Counts.Joined));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(one)).State);
        Assert.Equal(2, (await host.Records()).Count);
        await host.Import("lab", [Row(1, 2, Says.TakesBack, key: "k", hashes: Hashes(2, sha256: true))], "back");
        Assert.Equal(HashRecordState.Proposed, (await host.Get(one)).State);
    }

    private static async Task<string> Shape(EgidaHost host, HashRecordId id)
    {
        var record = await host.Get(id);
        return JsonSerializer.Serialize(new { record.State, record.Flags, record.ClassificationId, record.Md5, record.Sha1, record.Sha256, record.Pdq, record.MergedInto, Further = (await host.Further(id)).Select(f => f.Value) });
    }

    private static string Flip(Egida.HashSearch.Hash256 look, int bits)
    {
        var code = look.ToByteArray();
        for (var bit = 0; bit < bits; bit++) code[31 - (bit / 8)] ^= (byte)(1 << (bit % 8));
        return Convert.ToHexStringLower(code);
    }
}
