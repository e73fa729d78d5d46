using System.Security.Cryptography;
using Egida.Audit;
using Egida.HashBank;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.HashSearch;
using Egida.Match;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Lists;

public sealed class PublishHashListTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, OnBothDatabases]
    public async Task A_partner_fetches_a_signed_list_of_what_is_confirmed_and_nothing_else(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var known = await host.Known(1);
        await host.Record(2);
        var withdrawn = await host.Known(3);
        await Withdraw(host, withdrawn);
        using var partner = await ListPartner.Admit(host, "Laboratory");
        await host.RunWork();

        using var list = await partner.Open();

        var match = Assert.Single(list.Find(Sha256(1)));
        Assert.Equal((known.Value, "illegal", ItemKind.Picture), (match.Number, match.Class, match.Item));
        Assert.Equal(30, Assert.Single(list.FindNear([Bank.Near(1, 30)])).Distance);
        Assert.Empty(list.Find(Sha256(2)));
        Assert.Empty(list.Find(Sha256(3)));
        Assert.Equal(1 + 8, list.Count);
        Assert.Equal(("PL", partner.Id.ToString()), (list.Headers[0].Jurisdiction, list.Headers[0].Recipient));
        var version = await host.Read(db => db.Set<HashListVersion>().SingleAsync());
        var entry = (await host.Read(db => db.Set<AuditEntry>().Where(e => e.Action == PublishHashList.WorkKind).ToListAsync())).Single();
        Assert.Contains(Convert.ToHexStringLower(version.Sha256), entry.Data, StringComparison.Ordinal);
        Assert.Equal(version.Sha256, SHA256.HashData(await partner.Http.GetByteArrayAsync($"/api/v1/lists/known/{version.Number}")));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_withdrawn_or_disputed_is_taken_out_at_once_and_what_is_confirmed_comes_within_the_hour(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (first, second, looks) = (await host.Known(1), await host.Known(2), await host.Known(5));
        await host.Known(3);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        (await partner.Open()).Dispose();

        await Withdraw(host, first);
        await host.InScope((DisputeHashRecord dispute) => dispute.Handle(second, Bank.Person(3), "in doubt", CancellationToken.None));
        await host.InScope((MarkCollisionProne mark) => mark.Handle(looks, Bank.Person(3), "a grid", CancellationToken.None));
        await host.Known(4);
        await host.RunWork();

        // Nothing but time passed for the partner: no clock was moved.
        using (var list = await partner.Open())
        {
            Assert.Empty(list.Find(Sha256(1)));
            Assert.Empty(list.Find(Sha256(2)));
            Assert.Single(list.Find(Sha256(3)));
            Assert.Empty(list.FindNear([Bank.Look(5)]));
            Assert.Equal(Egida.Match.RecordFlags.Collides, Assert.Single(list.Find(Sha256(5))).Flags);
        }

        await host.Known(6);
        await host.RunWork();
        using (var list = await partner.Open()) Assert.Empty(list.Find(Sha256(6)));
        await host.RunWorkFor(Hour);
        using (var list = await partner.Open())
        {
            Assert.Single(list.Find(Sha256(6)));
            Assert.Empty(list.Find(Sha256(1)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_record_that_came_with_a_delta_and_went_again_is_withdrawn_from_who_has_that_delta(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        var added = await host.Known(2);
        await host.RunWorkFor(Hour);
        await Withdraw(host, added);
        await host.RunWork();

        var numbers = (await partner.Offered()).ConvertAll(v => v.GetProperty("number").GetInt64());
        Assert.Equal(3, numbers.Count);
        List<string> files = [];
        foreach (var number in numbers) files.Add(await partner.Fetch(number));
        using var list = KnownList.Open(await partner.Trust(), files);
        Assert.Empty(list.Find(Sha256(2)));
        // A record that never was in a version isn't spoken of: the partner needn't learn of it.
        Assert.Equal(1, (await partner.Offered())[0].GetProperty("withdrawn").GetInt32());
    }

    [Theory, OnBothDatabases]
    public async Task Full_lists_come_weekly_deltas_only_when_needed_and_old_files_go(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["Lists:DeltaEvery"] = "06:00:00" });
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();

        await host.RunWorkFor(TimeSpan.FromDays(15));

        var versions = await host.Read(db => db.Set<HashListVersion>().OrderBy(v => v.Number).ToListAsync());
        Assert.Equal(3, versions.Count(v => v.IsFull));
        // Nothing changed: one delta a week, when half of the time of the last full list was over.
        Assert.InRange(versions.Count(v => !v.IsFull), 2, 3);
        Assert.Equal(versions.Count(v => v.RemovedAt is null), Directory.EnumerateFiles(Path.Combine(host.Folder, "lists"), "*.egidalist", SearchOption.AllDirectories).Count());
        Assert.Equal(2, versions.Count(v => v.IsFull && v.RemovedAt is null));
        using var list = await partner.Open();
        Assert.Single(list.Find(Sha256(1)));
        Assert.True(list.ValidUntil > host.Clock.GetUtcNow());
    }

    [Theory, OnBothDatabases]
    public async Task Everybody_gets_the_kinds_the_classes_and_the_law_that_they_are_entitled_to(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        await host.Record(2, outcomes: """{"PL":"suspicious","CZ":"illegal"}""");
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(new HashRecordId(2), Bank.Person(2), CancellationToken.None));
        using var digests = await ListPartner.Admit(host, "Provider", AdmitPartner.Input.Empty with { Kinds = ["Md5", "Sha256"] }, OpenHashList.Input.Empty with { Kinds = ["Sha256"], Classes = "illegal" });
        using var czech = await ListPartner.Admit(host, "Police", AdmitPartner.Input.Empty with { Jurisdiction = "CZ" }, OpenHashList.Input.Empty with { Jurisdiction = "CZ", Classes = "" });
        await host.RunWork();

        using var one = await digests.Open();
        Assert.Equal(ListKinds.Sha256, one.Kinds);
        Assert.Single(one.Find(Sha256(1)));
        Assert.Empty(one.Find(Sha256(2)));
        using var other = await czech.Open();
        Assert.Equal(("unstated", "illegal"), (Assert.Single(other.Find(Sha256(1))).Class, Assert.Single(other.Find(Sha256(2))).Class));
        var (_, wrong) = await host.InScope((OpenHashList open) =>
            open.Handle(new(digests.Id.ToString(), "More", "pl", ["Pdq"], "a b"), Bank.Person(9), CancellationToken.None));
        Assert.Equal(["name", "jurisdiction", "kinds", "classes"], wrong);
    }

    [Theory, OnBothDatabases]
    public async Task A_replaced_key_and_the_one_before_both_sign_until_the_old_one_ends(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["Lists:DeltaEvery"] = "06:00:00" });
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        var before = await partner.Trust();
        await host.InScope((ReplaceListKey replace) => replace.Handle(Bank.Person(9), CancellationToken.None));
        await host.Known(2);
        await host.RunWorkFor(TimeSpan.FromDays(7));
        var keys = await host.Read(db => db.Set<HashListKey>().OrderBy(k => k.Id).ToListAsync());
        var after = before with { Key = ListKey.Parse(keys[1].Line) };
        var number = (await partner.Offered()).First(v => !v.TryGetProperty("since", out _)).GetProperty("number").GetInt64();
        var path = await partner.Fetch(number);

        KnownList.Open(before, path).Dispose();
        KnownList.Open(after, path).Dispose();
        await host.RunWorkFor(TimeSpan.FromDays(91));

        number = (await partner.Offered()).First(v => !v.TryGetProperty("since", out _)).GetProperty("number").GetInt64();
        path = await partner.Fetch(number);
        Assert.Equal(ListProblem.WrongSigner, Assert.Throws<ListRefusedException>(() => KnownList.Open(before, path)).Problem);
        KnownList.Open(after, path).Dispose();
        KnownList.Open(before with { NextKey = after.Key }, path).Dispose();
    }

    [Theory, OnBothDatabases]
    public async Task A_closed_list_and_an_ended_partner_get_nothing_more(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        using var ended = await ListPartner.Admit(host, "Laboratory");
        await host.RunWork();
        Assert.True(await host.InScope((CloseHashList close) => close.Handle(partner.List, Bank.Person(9), CancellationToken.None)));
        Assert.True(await host.InScope((EndPartner end) => end.Handle(ended.Id, Bank.Person(9), CancellationToken.None)));
        var made = await host.Read(db => db.Set<HashListVersion>().CountAsync());
        await host.Known(2);
        await host.RunWorkFor(TimeSpan.FromDays(8));

        Assert.Equal(made, await host.Read(db => db.Set<HashListVersion>().CountAsync()));
        Assert.Equal("""{"keys":[""", (await partner.Http.GetStringAsync("/api/v1/lists"))[..9]);
        Assert.EndsWith("\"lists\":[]}", await partner.Http.GetStringAsync("/api/v1/lists"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await partner.Http.GetAsync("/api/v1/lists/known/1")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await ended.Http.GetAsync("/api/v1/lists")).StatusCode);
    }

    [Theory, OnBothDatabases]
    public async Task Many_changes_dont_wait_for_the_next_week(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["Lists:ManyChanges"] = "2" });
        await host.Known(1);
        using var partner = await ListPartner.Admit(host, "Provider");
        await host.RunWork();
        for (var item = 2; item < 8; item++) await host.Known(item);

        await host.RunWorkFor(Hour);

        Assert.Equal(2, await host.Read(db => db.Set<HashListVersion>().CountAsync(v => v.Since == null)));
        using var list = await partner.Open();
        Assert.Single(list.Find(Sha256(7)));
    }

    private static Task<SpokenOutcome> Withdraw(EgidaHost host, HashRecordId record) =>
        host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(3), "a mistake", CancellationToken.None));

    private static Sha256Hash Sha256(int item) => Sha256Hash.FromBytes(SHA256.HashData(Bank.Bytes(item)));
}
