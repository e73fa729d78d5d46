using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Partners.PartnerClient;

namespace Egida.Tests.HashBank.Partners;

public sealed class MatchHashesTests
{
    [Theory, OnBothDatabases]
    public async Task Many_hashes_of_all_kinds_are_answered_each_in_its_place(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        await host.Record(2);
        using var partner = await host.Partner();
        var (known, waiting) = (Bank.HashesOf(1), Bank.HashesOf(2));

        using var answer = await partner.Ask([
            Hash("md5", known[0].Value), Hash("SHA1", known[1].Value), Hash("sha256", known[2].Value.ToUpperInvariant()), Pdq(Bank.Near(1, 30), 31), Pdq(Bank.Near(1, 30), 29),
            Hash("sha256", waiting[2].Value), Hash("sha256", new string('e', 64)), Hash("sha1", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"), Hash("pdq", new string('0', 64)),
            new { kind = "pdq", value = Bank.Look(1).ToString(), quality = 12 }, Hash("md5", "00"), Hash("photodna", new string('0', 288)), Hash("tlsh", "00"), Pdq(Bank.Look(1), 32),
            new { kind = "md5", value = known[0].Value, radius = 3 },
        ]);

        var answers = answer.RootElement.GetProperty("answers").EnumerateArray().ToList();
        Assert.Equal(
            ["weak-hash 0", "weak-hash 0", "same-bytes 0", "looks 30", "", "", "", "base32", "all-zero", "low-quality", "wrong-length", "not-allowed", "unknown-kind", "radius", "radius"],
            answers.Select(Said));
        var match = answers[2].GetProperty("matches")[0];
        Assert.Equal(record.Value, match.GetProperty("record").GetInt32());
        Assert.Equal("assessed", match.GetProperty("trust").GetString());
        Assert.Equal(("PL", "illegal"), (match.GetProperty("classification").GetProperty("jurisdiction").GetString(), match.GetProperty("classification").GetProperty("code").GetString()));
        Assert.False(match.TryGetProperty("labels", out _) || match.TryGetProperty("sources", out _) || match.TryGetProperty("flags", out _));
    }

    [Theory, OnBothDatabases]
    public async Task Everybody_learns_the_outcome_under_their_own_law_and_what_they_may_know(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var police = await host.Partner(Provider with { Jurisdiction = "CZ", MayKnow = ["Labels", "Sources", "Flags"] });

        using var answer = await police.Ask([Hash("sha256", Bank.HashesOf(1)[2].Value)]);

        var match = answer.RootElement.GetProperty("answers")[0].GetProperty("matches")[0];
        Assert.Equal(JsonValueKind.Null, match.GetProperty("classification").GetProperty("code").ValueKind);
        Assert.Equal("code-1", match.GetProperty("labels").GetProperty("nature")[0].GetString());
        Assert.Equal("house", match.GetProperty("sources")[0].GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Every_query_is_counted_who_was_told_is_noted_and_no_hash_is_kept(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var partner = await host.Partner();
        var stranger = Bank.HashesOf(4711)[2].Value;

        for (var i = 0; i < 2; i++)
        {
            (await partner.Ask([Hash("sha256", Bank.HashesOf(1)[2].Value), Hash("sha256", stranger), Hash("md5", "00")])).Dispose();
        }

        var count = await host.Read(db => db.Set<QueryCount>().SingleAsync());
        Assert.Equal((6L, 2L, 2L, "upload-check"), (count.Asked, count.Refused, count.Known, count.Purpose));
        var told = await host.Read(db => db.Set<RecordTold>().SingleAsync());
        Assert.Equal((record, 2), (told.RecordId, told.Times));
        using var staff = await host.SignInEnglish(Role.Quality);
        Assert.Contains("Provider", (await staff.Get($"/staff/hash-bank/{record}")).Text, StringComparison.Ordinal);
        Assert.Contains(await host.Read(db => db.Set<Egida.Audit.AuditEntry>().Select(e => e.Data).ToListAsync()), data => data.Contains("PartnerAnswered", StringComparison.Ordinal));
        if (database == DatabaseKind.Sqlite)
        {
            Assert.All(Directory.EnumerateFiles(host.Folder, "*", SearchOption.AllDirectories).Where(f => !f.Contains("hash-index", StringComparison.Ordinal)), file =>
            {
                var bytes = Read(file);
                Assert.True(bytes.AsSpan().IndexOf(Convert.FromHexString(stranger)) < 0 && bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(stranger)) < 0, file);
            });
        }
    }

    [Theory, OnBothDatabases]
    public async Task Only_a_partner_asks_for_a_purpose_that_it_has_and_no_more_than_it_may(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var partner = await host.Partner(Provider with { PerMinute = "5" });
        using var stranger = new HttpClient { BaseAddress = host.Address };
        object[] one = [Hash("md5", new string('a', 32))];

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(stranger, new { purpose = "upload-check", hashes = one }));
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "egida-" + new string('0', 64));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(stranger, new { purpose = "upload-check", hashes = one }));
        using var analyst = await host.SignIn(Role.Quality);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(analyst.Http, new { purpose = "upload-check", hashes = one }));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(partner, new { purpose = "curiosity", hashes = one }));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(partner, new { hashes = one }));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, new { purpose = "upload-check", hashes = Array.Empty<object>() }));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, new { purpose = "upload-check", hashes = Enumerable.Repeat(one[0], MatchHashes.MostHashes + 1) }));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, new { purpose = "upload-check", hashes = Enumerable.Repeat(new { kind = "video", frames = Array.Empty<object>() }, VideoQuestion.MostVideos + 1) }));
        Assert.Equal(HttpStatusCode.OK, await Status(partner, new { purpose = "upload-check", hashes = Enumerable.Repeat(one[0], 5) }));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status(partner, new { purpose = "upload-check", hashes = one }));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await Status(partner, new { purpose = "upload-check", hashes = one }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"purpose":"upload-check","hashes":[null]}""")]
    [InlineData("""{"purpose":"upload-check","hashes":[{"kind":"md5","value":7}]}""")]
    [InlineData("""{"purpose":"upload-check","hashes":"all"}""")]
    [InlineData("""{"purpose":"upload-check","purpose":"upload-check","hashes":[{"kind":"md5","value":"00"}]}""")]
    [InlineData("""{"purpose":"upload-check","hashes":[{"kind":"md5","value":"00","extra":[[[[[[[[[[[[]]]]]]]]]]]]}]}""")]
    [InlineData("""{"purpose":"upload-check","hashes":[{"kind":"md5","value":"\ud800"}]}""")]
    public async Task A_body_that_is_not_what_is_expected_is_refused_and_never_an_error_of_ours(string body)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var partner = await host.Partner();

        using var answer = await partner.PostAsync("/api/v1/match", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Theory, OnBothDatabases]
    public async Task A_partner_is_admitted_on_the_page_its_key_is_shown_once_and_ends_with_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Quality);
        var page = await staff.Get("/staff/hash-bank/partners");
        var refused = await staff.Submit(page, new Dictionary<string, string> { ["name"] = "", ["rate"] = "many", ["radius"] = "32" }, "form.admit");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(3, refused.Document.QuerySelectorAll("p.problem").Length);

        var admitted = await staff.Submit(page, new Dictionary<string, string> { ["name"] = "Laboratory" }, "form.admit");
        var key = System.Text.RegularExpressions.Regex.Match(admitted.Html, "egida-[0-9a-f]{64}").Value;
        using var partner = host.Client(key);
        object[] one = [Hash("md5", new string('a', 32))];
        Assert.Equal(HttpStatusCode.OK, await Status(partner, new { purpose = "upload-check", hashes = one }));
        var again = await staff.Get("/staff/hash-bank/partners");
        Assert.DoesNotContain(key, again.Html, StringComparison.Ordinal);
        Assert.Contains("Laboratory", again.Text, StringComparison.Ordinal);

        await staff.Submit(await staff.Get(again.Document.QuerySelector("main tbody a")!.GetAttribute("href")!), selector: "form.end");

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(partner, new { purpose = "upload-check", hashes = one }));
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/match", body);
        return answer.StatusCode;
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }
}
