using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.Blocking;
using Egida.Blocking.Publishing;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Partners;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Blocking;

/// <summary>What operators get, and when.</summary>
public sealed class PublishTests
{
    [Theory, OnBothDatabases]
    public async Task What_is_added_waits_and_what_is_taken_off_reaches_everybody_at_once(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        var one = await host.Decided("one.test");
        await host.Run(PublishAdditions.WorkKind, TimeSpan.FromMinutes(10));
        Assert.Empty(await Domains(machine));

        var taken = await host.Decided("taken-back.test");
        Assert.True(await host.End(taken));
        await host.Run(PublishAdditions.WorkKind, TimeSpan.FromMinutes(6));
        Assert.Equal(["one.test"], await Domains(machine));
        var version = await Version(machine);

        await host.Listed("two.test", BlockScope.Domain);
        Assert.True(await host.End(one));

        // Nothing ran, nobody waited.
        Assert.Equal(["two.test"], await Domains(machine));
        var changes = await Json(machine, $"/api/v1/blocking/changes?since={version}");
        Assert.Equal(["one.test"], Names(changes.GetProperty("removed")));
        Assert.Equal(["two.test"], Names(changes.GetProperty("added")));
        Assert.Equal("domain", changes.GetProperty("added")[0].GetProperty("scope").GetString());
        Assert.True(changes.GetRawText().IndexOf("\"removed\"", StringComparison.Ordinal) < changes.GetRawText().IndexOf("\"added\"", StringComparison.Ordinal));

        // What never was in any list isn't in what was taken off either.
        Assert.DoesNotContain("taken-back", await machine.GetStringAsync("/api/v1/blocking/register.json"), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Every_form_says_the_same_and_a_reader_of_the_warning_list_finds_what_was_removed(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        await host.Listed("żółw.test", BlockScope.Domain);
        await host.Listed("one.test");
        await host.End(await host.Listed("gone.test"));

        var register = await Json(machine, "/api/v1/blocking/register.json");
        Assert.Equal(["xn--w-uga1v8h.test", "one.test", "gone.test"], register.EnumerateArray().Select(e => e.GetProperty("DomainAddress").GetString()));
        Assert.Equal([1, 2, 3], register.EnumerateArray().Select(e => e.GetProperty("RegisterPositionId").GetInt32()));
        Assert.Equal([true, true, false], register.EnumerateArray().Select(e => e.GetProperty("DeleteDate").ValueKind == JsonValueKind.Null));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", register[2].GetProperty("DeleteDate").GetString());
        Assert.Equal(4, Lines(await machine.GetStringAsync("/api/v1/blocking/domains.csv"), "").Count);
        Assert.Equal(["one.test", "xn--w-uga1v8h.test"], Lines(await machine.GetStringAsync("/api/v1/blocking/domains.txt"), "#"));
        Assert.Equal(["192.0.2.10 one.test", "192.0.2.10 xn--w-uga1v8h.test", "192.0.2.10 www.xn--w-uga1v8h.test"], Lines(await machine.GetStringAsync("/api/v1/blocking/hosts.txt"), "#"));
        Assert.Equal(
            ["[Adblock Plus 2.0]", "|http://one.test^", "|https://one.test^", "||xn--w-uga1v8h.test^"], Lines(await machine.GetStringAsync("/api/v1/blocking/adblock.txt"), "!"));
        Assert.Equal(
            ["one.test IN CNAME stop.hotline.test.", "xn--w-uga1v8h.test IN CNAME stop.hotline.test.", "*.xn--w-uga1v8h.test IN CNAME stop.hotline.test."],
            Lines(await machine.GetStringAsync("/api/v1/blocking/domains.rpz"), ";").Where(l => l.Contains("CNAME", StringComparison.Ordinal)));
    }

    [Theory, OnBothDatabases]
    public async Task Who_has_the_newest_is_told_so_and_gets_no_bytes(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        var id = await host.Listed("one.test");
        using var first = await machine.GetAsync("/api/v1/blocking/domains.rpz");
        Assert.Equal(["300"], first.Headers.GetValues("Egida-Poll-Seconds"));

        Assert.Equal(HttpStatusCode.NotModified, (await Ask(machine, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!))).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(machine, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified)).StatusCode);

        // Set back or standing still, the clock makes no version that looks older.
        host.Clock.Advance(TimeSpan.FromHours(-3));
        await host.End(id);
        using var second = await Ask(machine, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.True(second.Content.Headers.LastModified > first.Content.Headers.LastModified);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);

        var has = await host.Read(db => db.Set<BlockSubscription>().AsNoTracking().SingleAsync());
        Assert.Equal(long.Parse(second.Headers.GetValues("Egida-List-Version").Single(), CultureInfo.InvariantCulture), has.HasVersion);
    }

    [Theory, OnBothDatabases]
    public async Task A_version_whose_time_is_over_says_so_until_the_next_is_made(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        await host.Listed("one.test");

        host.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("expired", (await Json(machine, "/api/v1/blocking")).GetProperty("state").GetString());
        Assert.Equal("expired", await State(machine));
        await host.Run(RenewBlockList.WorkKind);
        Assert.Equal("current", await State(machine));
        Assert.Equal(["one.test"], await Domains(machine));

        // Hours ahead it is made again before its time is over.
        var before = await Version(machine);
        await host.Run(RenewBlockList.WorkKind, TimeSpan.FromHours(13));
        Assert.Equal(before + 1, await Version(machine));
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_is_entitled_gets_the_list(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        using var provider = await host.Partner();
        using var stranger = new HttpClient { BaseAddress = host.Address };
        foreach (var path in new[] { "/api/v1/blocking", "/api/v1/blocking/domains.json", "/api/v1/blocking/changes?since=0", "/api/v1/blocking/summary" })
        {
            Assert.Equal(
                (path, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized),
                (path, (await machine.GetAsync(path)).StatusCode, (await provider.GetAsync(path)).StatusCode, (await stranger.GetAsync(path)).StatusCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await machine.GetAsync("/api/v1/blocking/domains.exe")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await machine.GetAsync("/api/v1/blocking/changes")).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await machine.GetAsync("/api/v1/blocking/changes?since=99")).StatusCode);

        // An operator's key asks for nothing else.
        Assert.Equal("not-allowed", PartnerClient.Said(await Said(machine)).Split(' ')[0]);
        var id = (await host.Read(db => db.Set<BlockSubscription>().AsNoTracking().SingleAsync())).PartnerId;
        Assert.True(await host.InScope((OpenSubscription open) => open.Close(id, BlockDesk.First, CancellationToken.None)));
        Assert.Equal(HttpStatusCode.Forbidden, (await machine.GetAsync("/api/v1/blocking/domains.json")).StatusCode);
    }

    [Theory, OnBothDatabases]
    public async Task A_domain_that_somebody_changed_in_the_database_is_not_published(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        await host.Listed("one.test");
        await host.Read(db => db.Set<BlockedDomain>().ExecuteUpdateAsync(s => s.SetProperty(b => b.Domain, "one.test IN A 192.0.2.66\nother.test")));

        using var answer = await machine.GetAsync("/api/v1/blocking/domains.rpz");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("192.0.2.66", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task One_signature_that_openssl_verifies_stands_for_every_form(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        await host.Listed("one.test");
        var note = await machine.GetStringAsync("/api/v1/blocking/summary");
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (text, signature) = (note[..end], Convert.FromBase64String(note[(end + 1)..].Trim().Split(' ')[2]));
        foreach (var file in ListFormats.All.Keys)
        {
            Assert.Contains($"{file} {Convert.ToHexStringLower(SHA256.HashData(await machine.GetByteArrayAsync($"/api/v1/blocking/{file}")))}\n", text);
        }

        var folder = Directory.CreateTempSubdirectory("egida-signed-").FullName;
        var line = (await Json(machine, "/api/v1/blocking")).GetProperty("keys")[0].GetProperty("line").GetString()!;
        var key = Convert.FromBase64String(line.Split('+', 3)[2])[1..];
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), PemEncoding.WriteString("PUBLIC KEY", key));
        await File.WriteAllTextAsync(Path.Combine(folder, "text"), text);
        await File.WriteAllBytesAsync(Path.Combine(folder, "signature"), signature[4..]);
        var verify = new[] { "dgst", "-sha256", "-verify", Path.Combine(folder, "key.pem"), "-signature", Path.Combine(folder, "signature"), Path.Combine(folder, "text") };
        Assert.Equal(0, (await ChildProcess.Run("openssl", verify)).Code);
        await File.WriteAllTextAsync(Path.Combine(folder, "text"), text.Replace("version 2", "version 9", StringComparison.Ordinal));
        Assert.NotEqual(0, (await ChildProcess.Run("openssl", verify)).Code);
        Directory.Delete(folder, recursive: true);
    }

    [Theory, OnBothDatabases]
    public async Task An_operator_who_still_blocks_what_was_removed_is_shown(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        using var staff = await host.SignInEnglish(Role.Quality);
        var id = await host.Listed("one.test");
        await machine.GetStringAsync("/api/v1/blocking/domains.json");
        await host.End(id);

        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Contains("still blocks what was taken off", (await staff.Get("/staff/blocking/operators")).Text);
        await machine.GetStringAsync("/api/v1/blocking/changes?since=2");
        Assert.DoesNotContain("still blocks what was taken off", (await staff.Get("/staff/blocking/operators")).Text);
    }

    [Theory]
    [InlineData("hotline@egida.example", "hotline.egida.example.")]
    [InlineData("first.last@egida.example", "first\\.last.egida.example.")]
    [InlineData("a\nb@egida.example", "hostmaster.invalid.")]
    public void A_mail_address_stands_in_the_zone_as_a_name(string mail, string name) => Assert.Equal(name, PolicyZone.Mailbox(mail));

    private static async Task<JsonElement> Said(HttpClient machine)
    {
        using var answers = await machine.PostAsync("/api/v1/match", new StringContent(
            $$"""{"purpose":"domain-list","hashes":[{"kind":"sha256","value":"{{new string('a', 64)}}"}]}""", new MediaTypeHeaderValue("application/json")));
        return JsonDocument.Parse(await answers.Content.ReadAsStringAsync()).RootElement.GetProperty("answers")[0].Clone();
    }

    private static async Task<JsonElement> Json(HttpClient machine, string path) => JsonDocument.Parse(await machine.GetStringAsync(path)).RootElement;

    private static async Task<IEnumerable<string?>> Domains(HttpClient machine) => Names((await Json(machine, "/api/v1/blocking/domains.json")).GetProperty("domains"));

    private static async Task<long> Version(HttpClient machine) => (await Json(machine, "/api/v1/blocking")).GetProperty("version").GetInt64();

    private static async Task<string> State(HttpClient machine)
    {
        using var answer = await machine.GetAsync("/api/v1/blocking/domains.txt");
        return answer.Headers.GetValues("Egida-List-State").Single();
    }

    private static IEnumerable<string?> Names(JsonElement entries) => entries.EnumerateArray().Select(e => e.GetProperty("domain").GetString());

    private static List<string> Lines(string text, string comment) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => comment.Length == 0 || !l.StartsWith(comment, StringComparison.Ordinal))];

    private static Task<HttpResponseMessage> Ask(HttpClient machine, Action<HttpRequestMessage> with)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/blocking/domains.rpz");
        with(request);
        return machine.SendAsync(request);
    }
}
