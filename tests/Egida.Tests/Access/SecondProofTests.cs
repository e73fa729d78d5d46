using System.Net;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class SecondProofTests
{
    private static readonly string[] NewWaysIn = ["/staff/me/passkeys/options", "/staff/me/passkeys", "/staff/me/code-app", "/staff/me/recovery-codes"];

    [Theory, OnBothDatabases]
    public async Task On_the_first_day_nobody_is_asked_for_what_they_do_not_have_yet(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var own = await host.SignInEnglish(Role.Analyst);
        host.Clock.Advance(TimeSpan.FromHours(1));
        using var device = new SoftwareAuthenticator();

        Assert.Equal("/staff/me", (await own.Add(device)).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task An_old_session_makes_no_new_way_in_and_the_attempt_is_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        using var own = host.SignIn(staff);
        var before = Token(await own.Get("/staff/me"));
        host.Clock.Advance(SecondProof.Life);

        var page = await own.Get("/staff/me");
        Assert.NotNull(page.Document.QuerySelector("#prove"));
        Assert.Null(page.Document.QuerySelector("#passkey-add"));
        Assert.Null(page.Document.QuerySelector("form.code-app"));
        Assert.Null(page.Document.QuerySelector("form.recovery"));
        foreach (var way in NewWaysIn)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await own.Post(way, new Dictionary<string, string> { ["__RequestVerificationToken"] = before })).Status);
        }

        Assert.Equal(NewWaysIn, (await host.Logged("access.refused")).Select(e => NewWaysIn.Single(w => e.Data.Contains($"\"{w}\"", StringComparison.Ordinal))));
    }

    [Theory, OnBothDatabases]
    public async Task A_passkey_proves_it_again_and_a_colleagues_does_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        using var colleagues = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        await host.WithPasskey(colleagues);
        using var own = await EnterByLink(host, staff);
        host.Clock.Advance(SecondProof.Life);

        var page = await own.Get("/staff/me");
        var refused = await own.Send(page, PasskeyCeremony.ProofForm, colleagues.Get((await own.Options(page, PasskeyCeremony.ProofForm)).Html));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("could not be confirmed", refused.Text, StringComparison.Ordinal);

        page = await own.Get("/staff/me");
        Assert.NotNull(page.Document.QuerySelector("#prove"));
        await own.Send(page, PasskeyCeremony.ProofForm, device.Get((await own.Options(page, PasskeyCeremony.ProofForm)).Html));
        using var another = new SoftwareAuthenticator();
        Assert.Equal("/staff/me", (await own.Add(another)).Location?.ToString());
        Assert.Single(await host.Logged("access.sign-in-refused"));
    }

    [Theory, OnBothDatabases]
    public async Task A_code_proves_it_again_for_ten_minutes_and_is_used_up_by_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var staff = await host.AddStaff("en", Role.Analyst);
        using var own = await EnterByLink(host, staff);
        var codes = (await own.Submit(await own.Get("/staff/me"), selector: "form.recovery")).Document.QuerySelectorAll("#recovery-codes li").Select(l => l.TextContent).ToList();
        host.Clock.Advance(SecondProof.Life);

        var page = await own.Get("/staff/me");
        Assert.Equal(HttpStatusCode.Forbidden, (await own.Submit(page, new Dictionary<string, string> { ["code"] = "wrong" }, "form.proof")).Status);
        Assert.Equal("/staff/me", (await own.Submit(page, new Dictionary<string, string> { ["code"] = codes[0] }, "form.proof")).Location?.ToString());
        Assert.NotNull((await own.Get("/staff/me")).Document.QuerySelector("form.code-app"));
        Assert.Equal(9, await host.Read(db => db.Set<RecoveryCode>().CountAsync(c => c.UsedAt == null)));

        host.Clock.Advance(SecondProof.Life);
        Assert.Null((await own.Get("/staff/me")).Document.QuerySelector("form.code-app"));
    }

    /// <summary>With the cookie that the application itself sets: proving it again renews that one.</summary>
    private static async Task<TestClient> EnterByLink(EgidaHost host, StaffId staff)
    {
        var client = host.Anonymous();
        var token = await host.InScope((IssueEntryLink links) => links.Handle(staff, CancellationToken.None));
        await client.Submit(await client.Get($"/staff/enter/{token}"));
        return client;
    }

    private static string Token(HtmlAnswer page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
