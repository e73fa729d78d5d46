using System.Net;
using System.Text;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class SignInWithCodeTests
{
    /// <summary>RFC 6238, appendix B, SHA-1, the last six of eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, OneTimeCode.At(Encoding.ASCII.GetBytes("12345678901234567890"), second / 30));

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_spelt_as_the_standard_says(string bytes, string text) => Assert.Equal(text, OneTimeCode.Base32(Encoding.ASCII.GetBytes(bytes)));

    [Theory, OnBothDatabases]
    public async Task A_code_of_the_app_lets_in_once(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (staff, secret) = await WithApp(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = CodeNow(host, secret);

        using var person = host.Anonymous();
        Assert.Equal("/staff", (await Enter(host, person, staff, code)).Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/staff")).Status);

        using var replay = host.Anonymous();
        Assert.Equal(HttpStatusCode.Forbidden, (await Enter(host, replay, staff, code)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("/staff", (await Enter(host, replay, staff, CodeNow(host, secret))).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task After_five_failures_even_the_right_code_has_to_wait(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (staff, secret) = await WithApp(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var person = host.Anonymous();
        for (var i = 0; i < SignInWithCode.FailuresFree; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Enter(host, person, staff, "wrong")).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await Enter(host, person, staff, CodeNow(host, secret))).Status);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/staff", (await Enter(host, person, staff, CodeNow(host, secret))).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task Ten_recovery_codes_let_in_once_each_and_end_when_new_ones_are_made(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var staff = await host.AddStaff(Role.Analyst);
        using var own = host.SignIn(staff);
        var first = await Codes(own);
        Assert.Equal(10, first.Distinct().Count());
        Assert.DoesNotContain(first[0], (await own.Get("/staff/me")).Html, StringComparison.Ordinal);

        using var person = host.Anonymous();
        Assert.Equal("/staff", (await Enter(host, person, staff, first[0].ToLowerInvariant())).Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await Enter(host, person, staff, first[0])).Status);

        await Codes(own);
        Assert.Equal(HttpStatusCode.Forbidden, (await Enter(host, person, staff, first[1])).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_wrong_name_and_a_wrong_code_read_the_same(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (staff, _) = await WithApp(host);
        using var person = host.Anonymous();
        var wrongCode = await Enter(host, person, staff, "000");
        var wrongName = await person.Submit(await person.Get("/staff/sign-in"), new Dictionary<string, string> { ["user"] = "nobody", ["code"] = "000" }, "form.by-code");

        Assert.Equal(HttpStatusCode.Forbidden, wrongName.Status);
        Assert.Equal(wrongCode.Document.QuerySelector("main")!.TextContent, wrongName.Document.QuerySelector("main")!.TextContent);
    }

    [Theory, OnBothDatabases]
    public async Task Of_one_code_sent_several_times_at_once_exactly_one_wins_and_every_refusal_is_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (staff, secret) = await WithApp(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await OneOfFourWins(host, staff, CodeNow(host, secret));
    }

    [Theory, OnBothDatabases]
    public async Task Of_one_recovery_code_sent_several_times_at_once_exactly_one_wins_and_every_refusal_is_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var staff = await host.AddStaff(Role.Analyst);
        using var own = host.SignIn(staff);
        await OneOfFourWins(host, staff, (await Codes(own))[0]);
    }

    [Theory, OnBothDatabases]
    public async Task Wrong_codes_that_come_at_the_same_moment_are_counted_each(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (staff, _) = await WithApp(host);

        Assert.All(await AtOnce(host, staff, "000"), a => Assert.Equal(HttpStatusCode.Forbidden, a.Status));

        Assert.Equal(4, await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.AccessFailedCount).SingleAsync()));
        Assert.Equal(4, (await host.Logged("access.sign-in-refused")).Count);
    }

    private static async Task OneOfFourWins(EgidaHost host, StaffId staff, string code)
    {
        var answers = await AtOnce(host, staff, code);

        Assert.Equal(1, answers.Count(a => a.Location?.ToString() == "/staff"));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Forbidden));
        Assert.Equal(3, (await host.Logged("access.sign-in-refused")).Count);
    }

    private static async Task<HtmlAnswer[]> AtOnce(EgidaHost host, StaffId staff, string code)
    {
        var name = await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.UserName).SingleAsync());
        var clients = Enumerable.Range(0, 4).Select(_ => host.Anonymous()).ToList();
        var pages = await Task.WhenAll(clients.Select(c => c.Get("/staff/sign-in")));
        var answers = await Task.WhenAll(clients.Zip(pages, (c, p) => c.Submit(p, new Dictionary<string, string> { ["user"] = name!, ["code"] = code }, "form.by-code")));
        clients.ForEach(c => c.Dispose());
        return answers;
    }

    private static async Task<(StaffId Staff, byte[] Secret)> WithApp(EgidaHost host)
    {
        var staff = await host.AddStaff(Role.Analyst);
        using var own = host.SignIn(staff);
        var page = await own.Get("/staff/me");
        var secret = FromBase32(page.Document.QuerySelector("output[data-copy]")!.TextContent);
        var done = await own.Submit(page, new Dictionary<string, string> { ["code"] = CodeNow(host, secret) }, "form.code-app");
        Assert.Equal("/staff/me", done.Location?.ToString());
        return (staff, secret);
    }

    private static async Task<List<string>> Codes(TestClient own) =>
        [.. (await own.Submit(await own.Get("/staff/me"), selector: "form.recovery")).Document.QuerySelectorAll("#recovery-codes li").Select(l => l.TextContent)];

    private static async Task<HtmlAnswer> Enter(EgidaHost host, TestClient person, StaffId staff, string code)
    {
        var name = await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.UserName).SingleAsync());
        return await person.Submit(await person.Get("/staff/sign-in"), new Dictionary<string, string> { ["user"] = name!, ["code"] = code }, "form.by-code");
    }

    private static string CodeNow(EgidaHost host, byte[] secret) => OneTimeCode.At(secret, host.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
