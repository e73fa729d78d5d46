using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Partners.Ranges;

public sealed class GetRangeTests
{
    private static readonly AdmitPartner.Input Vetted = PartnerClient.Provider with { MayKnow = ["Ranges"] };

    [Theory, OnBothDatabases]
    public async Task A_vetted_partner_finds_a_known_digest_without_showing_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        await host.Record(2);
        using var partner = await host.Partner(Vetted);
        var (epoch, key) = await Epoch(host, partner);

        var known = await Lines(partner, epoch, Blurred(key, 1));
        var waiting = await Lines(partner, epoch, Blurred(key, 2));

        Assert.Contains(Blurred(key, 1)[1..33], known);
        Assert.DoesNotContain(Blurred(key, 2)[1..33], waiting);
        Assert.Equal(known.Count, waiting.Count);
        Assert.All(known.Concat(waiting), line => Assert.Equal(32, line.Length));
        var count = await host.Read(db => db.Set<QueryCount>().SingleAsync());
        Assert.Equal((2L, 0L), (count.Asked, count.Known));
    }

    [Theory, OnBothDatabases]
    public async Task A_partner_that_asks_for_every_prefix_is_stopped_until_a_person_lets_it_go_on(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await host.Partner(Vetted);
        using var other = await host.Partner(Vetted with { Name = "Other" });
        var (epoch, _) = await Epoch(host, partner);

        var answers = await All(partner, epoch);

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        // Two of them may be one bit of the sketch.
        Assert.InRange(answers.Count(a => a == HttpStatusCode.OK), 8, 10);
        Assert.All(answers[10..], a => Assert.Equal(HttpStatusCode.Forbidden, a));
        Assert.Equal(HttpStatusCode.OK, await Status(other, epoch, "0"));
        using var staff = await host.SignInEnglish(Role.Quality);
        Assert.Contains("Partners whose private look-up is stopped: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        var page = await staff.Get("/staff/hash-bank/partners");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, selector: "form.resume")).Status);

        await staff.Submit(page, new Dictionary<string, string> { ["why"] = "spoke with them" }, "form.resume");

        Assert.All(await All(partner, epoch), a => Assert.Equal(HttpStatusCode.OK, a));
    }

    [Theory, OnBothDatabases]
    public async Task The_epoch_before_still_answers_and_the_one_before_that_does_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await host.Partner(Vetted);
        var (first, key) = await Epoch(host, partner);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var (second, next) = await Epoch(host, partner, first + 1);

        Assert.NotEqual(key, next);
        Assert.Contains(Blurred(key, 1)[1..33], await Lines(partner, first, Blurred(key, 1)));
        Assert.Contains(Blurred(next, 1)[1..33], await Lines(partner, second, Blurred(next, 1)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.NotFound, await Status(partner, first, "0"));
    }

    [Fact]
    public async Task Only_who_was_granted_it_asks_and_only_for_what_there_is()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        using var partner = await host.Partner(Vetted with { Kinds = ["Sha256", "Pdq"] });
        using var plain = await host.Partner(PartnerClient.Provider with { Name = "Plain" });
        var (epoch, _) = await Epoch(host, partner);

        Assert.Equal(HttpStatusCode.Forbidden, await Status(plain, epoch, "0"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(partner, epoch, "0", "md5"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(partner, epoch, "0", "pdq"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(partner, epoch + 1, "0"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, epoch, "00"));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(partner, epoch, "x"));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(partner, epoch, "0", purpose: "curiosity"));
    }

    private static string Blurred(byte[] key, int item) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Convert.FromHexString(Bank.HashesOf(item)[2].Value)));

    /// <summary>The ranges are made in the background.</summary>
    internal static async Task<(int Epoch, byte[] Key)> Epoch(EgidaHost host, HttpClient partner, int? least = null)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            using var answer = await partner.GetAsync("/api/v1/ranges/epoch?purpose=upload-check");
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                var newest = json.RootElement.GetProperty("epochs")[0];
                var kinds = newest.GetProperty("kinds").EnumerateArray().ToList();
                if (newest.GetProperty("epoch").GetInt32() >= (least ?? 0) && kinds.Find(k => k.GetProperty("kind").GetString() == "sha256") is { ValueKind: JsonValueKind.Object } kind)
                {
                    Assert.Equal(1, kind.GetProperty("digits").GetInt32());
                    return (newest.GetProperty("epoch").GetInt32(), Convert.FromHexString(kind.GetProperty("key").GetString()!));
                }
            }
            else
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
            }

            await Task.Delay(100);
            if (attempt % 100 == 99) host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        throw new InvalidOperationException("The ranges weren't made within a minute.");
    }

    private static async Task<List<HttpStatusCode>> All(HttpClient partner, int epoch)
    {
        List<HttpStatusCode> answers = [];
        foreach (var prefix in "0123456789abcdef") answers.Add(await Status(partner, epoch, prefix.ToString()));
        return answers;
    }

    private static async Task<HttpStatusCode> Status(HttpClient partner, int epoch, string prefix, string kind = "sha256", string purpose = "upload-check")
    {
        using var answer = await partner.GetAsync($"/api/v1/ranges/{kind}/{epoch}/{prefix}?purpose={purpose}");
        return answer.StatusCode;
    }

    private static async Task<List<string>> Lines(HttpClient partner, int epoch, string blurred) =>
        [.. (await partner.GetStringAsync($"/api/v1/ranges/sha256/{epoch}/{blurred[0]}?purpose=upload-check")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
