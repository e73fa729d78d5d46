using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>Disputes, the negative list and colliding looks, on the pages; what comes of them for look-ups.</summary>
public sealed class SpeakAgainstTests
{
    [Theory, OnBothDatabases]
    public async Task A_disputed_record_stops_matching_until_two_others_stand_for_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        Assert.Equal(record, (await Look(host, 1))?.Record);
        using var doubter = await host.SignInEnglish(Role.Analyst);
        using var second = await host.SignIn(Role.SeniorAnalyst);
        using var third = await host.SignIn(Role.Quality);
        var path = $"/staff/hash-bank/{record}";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await doubter.Submit(await doubter.Get(path), selector: "form.dispute")).Status);
        var done = await doubter.Submit(await doubter.Get(path), new Dictionary<string, string> { ["doubt"] = "looks like a film still" }, "form.dispute");

        Assert.Contains("looks like a film still", (await doubter.Follow(done)).Text, StringComparison.Ordinal);
        Assert.Equal(HashRecordState.Disputed, (await host.Get(record)).State);
        Assert.Null(await Look(host, 1));
        await second.Submit(await second.Get(path), selector: "form.confirm");
        Assert.Equal(HashRecordState.Disputed, (await host.Get(record)).State);
        Assert.Null((await second.Get(path)).Document.QuerySelector("form.confirm"));
        await third.Submit(await third.Get(path), selector: "form.confirm");

        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        Assert.Equal(record, (await Look(host, 1))?.Record);
    }

    [Theory, OnBothDatabases]
    public async Task What_looks_like_something_on_the_negative_list_is_not_known_once_two_have_put_it_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var first = await host.SignIn(Role.SeniorAnalyst);
        using var second = await host.SignIn(Role.Quality);
        var harmless = Bank.Near(1, 24);
        Assert.Equal(record, (await Look(host, 2, harmless))?.Record);

        var form = await first.Get("/staff/hash-bank/negative-list");
        var listed = await first.Submit(form, new Dictionary<string, string> { ["hash"] = harmless.ToString(), ["why"] = "a grid of previews" });
        Assert.Equal(record, (await Look(host, 2, harmless))?.Record);
        await second.Submit(await second.Follow(listed), selector: "form.confirm");

        Assert.Null(await Look(host, 2, harmless));
        Assert.Equal(record, (await Look(host, 2, Bank.Look(1)))?.Record);
        Assert.Equal(record, (await Look(host, 1))?.Record);
    }

    [Theory, OnBothDatabases]
    public async Task The_negative_list_says_what_is_wrong_with_a_hash_and_takes_a_blank_frame(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Quality);
        var form = await staff.Get("/staff/hash-bank/negative-list");

        var bad = await staff.Submit(form, new Dictionary<string, string> { ["kind"] = "sha1", ["hash"] = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", ["why"] = "a grid" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Contains("base32", bad.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, new Dictionary<string, string> { ["hash"] = Bank.Look(1).ToString(), ["why"] = " " })).Status);

        var listed = await staff.Submit(form, new Dictionary<string, string> { ["hash"] = new string('0', 64), ["why"] = "a blank frame" });
        Assert.Equal(HttpStatusCode.OK, (await staff.Follow(listed)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Colliding_looks_do_not_answer_and_the_very_bytes_still_do(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var staff = await host.SignIn(Role.Quality);
        Assert.Equal(record, (await Look(host, 2, Bank.Near(1, 9)))?.Record);

        await staff.Submit(await staff.Get($"/staff/hash-bank/{record}"), new Dictionary<string, string> { ["collides"] = "a grid of previews" }, "form.collides");

        Assert.Null(await Look(host, 2, Bank.Near(1, 9)));
        Assert.Equal(record, (await Look(host, 1))?.Record);
    }

    [Theory, OnBothDatabases]
    public async Task A_record_is_found_by_every_kind_of_hash_whatever_its_state_and_by_its_looks_within_a_radius(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var photo = Convert.ToHexStringLower([.. Enumerable.Range(0, 144).Select(i => (byte)(i * 7))]);
        var record = await host.Known(1, [.. Bank.HashesOf(1), (HashKind.PhotoDna, photo, null)]);
        var near = await host.Record(2, [(HashKind.Pdq, Bank.Near(1, 12).ToString(), 80)]);
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(3), "a mistake", CancellationToken.None));
        using var staff = await host.SignInEnglish(Role.Auditor);

        foreach (var value in Bank.HashesOf(1).Select(h => h.Value).Append(photo))
        {
            Assert.Equal([$"/staff/hash-bank/{record}"], Links(await staff.Get($"/staff/hash-bank?q={value.ToUpperInvariant()}")));
        }

        Assert.Equal([$"/staff/hash-bank/{record}", $"/staff/hash-bank/{near}"], Links(await staff.Get($"/staff/hash-bank?radius=15&q={Bank.Look(1)}")));
        Assert.Contains("doesn't know", (await staff.Get($"/staff/hash-bank?q={Bank.Look(77)}")).Text, StringComparison.Ordinal);
        Assert.Contains($"/staff/hash-bank/{near}", Links(await staff.Get($"/staff/hash-bank/{record}")));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/staff/hash-bank/4711")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Lists_of_others_join_a_record_by_a_strong_digest_and_by_MD5_only_where_they_have_nothing_else(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var hashes = Bank.HashesOf(1);
        var record = await host.Record(1, [hashes[0], hashes[1]]);

        // The same SHA-1 with a SHA-256 of its own: nobody here has to say it twice, and the record isn't opened twice.
        Assert.Null(await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<Egida.Platform.Actions.ActionBook>(), new(Bank.Person(2), null, null, Bank.Labels, hashes), CancellationToken.None)));

        // The same MD5 with another SHA-256 is another file that was made to share it.
        var other = await host.Record(2, [hashes[0], (HashKind.Sha256, new string('a', 64), null)]);
        Assert.NotEqual(record, other);
        Assert.Null((await host.Get(record)).Sha256);
    }

    private static List<string> Links(HtmlAnswer page) => [.. page.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")!)];

    private static async Task<Lookup.Match?> Look(EgidaHost host, int item, Egida.HashSearch.Hash256? look = null)
    {
        var hashes = Bank.HashesOf(item);
        return (await host.InScope((Lookup lookup) => lookup.Find(new(hashes[0].Value, hashes[1].Value, hashes[2].Value, [look ?? Bank.Look(item)], 100), CancellationToken.None))).Known;
    }
}
