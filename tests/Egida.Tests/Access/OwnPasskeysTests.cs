using System.Net;
using System.Text.Json;
using Egida.Access;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class OwnPasskeysTests
{
    [Theory, OnBothDatabases]
    public async Task A_passkey_is_added_listed_renamed_and_removed_each_with_an_entry_that_holds_no_secret(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var laptop = new SoftwareAuthenticator();
        using var phone = new SoftwareAuthenticator();
        var staff = await host.AddStaff("en", Role.Analyst);
        using var own = host.SignIn(staff);
        await own.Add(laptop, "Laptop");
        await own.Add(phone);
        var page = await own.Get("/staff/me");
        Assert.Equal(["Laptop", "Passkey 2"], page.Document.QuerySelectorAll(".own-passkey h3").Select(h => h.TextContent));

        await own.Submit(page, new Dictionary<string, string> { ["name"] = "Phone" }, ".own-passkey:nth-of-type(2) form.rename");
        page = await own.Get("/staff/me");
        Assert.Equal(["Laptop", "Phone"], page.Document.QuerySelectorAll(".own-passkey h3").Select(h => h.TextContent));

        await own.Submit(page, selector: ".own-passkey:nth-of-type(1) form.remove");
        Assert.Equal(["Phone"], (await own.Get("/staff/me")).Document.QuerySelectorAll(".own-passkey h3").Select(h => h.TextContent));

        using var person = host.Anonymous();
        Assert.Equal(HttpStatusCode.Forbidden, (await person.SignInWith(laptop)).Status);
        Assert.Equal("/staff", (await person.SignInWith(phone)).Location?.ToString());
        foreach (var action in new[] { "access.add-passkey", "access.rename-passkey", "access.remove-passkey" })
        {
            var entry = (await host.Logged(action))[0];
            Assert.Equal($"staff:{staff}", entry.Actor);
            Assert.DoesNotContain("Laptop", entry.Data, StringComparison.Ordinal);
            Assert.DoesNotContain(System.Buffers.Text.Base64Url.EncodeToString(phone.CredentialId), entry.Data, StringComparison.Ordinal);
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_last_way_in_can_not_be_removed_not_even_by_a_request_written_by_hand(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        using var own = host.SignIn(staff);
        var page = await own.Get("/staff/me");
        Assert.Null(page.Document.QuerySelector("form.remove"));
        var id = (await host.Read(db => db.Set<StaffPasskey>().SingleAsync())).Id;

        var refused = await own.Post($"/staff/me/passkeys/{id}/remove", new Dictionary<string, string> { ["__RequestVerificationToken"] = Token(page) });

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("It is your only way in", refused.Text, StringComparison.Ordinal);
        using var person = host.Anonymous();
        Assert.Equal("/staff", (await person.SignInWith(device)).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_passkeys_removed_at_the_same_moment_one_stays(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var one = new SoftwareAuthenticator();
        using var two = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(one);
        using var own = host.SignIn(staff);
        await own.Add(two);
        var page = await own.Get("/staff/me");
        using var second = host.SignIn(staff);
        var other = await second.Get("/staff/me");

        await Task.WhenAll(own.Submit(page, selector: ".own-passkey:nth-of-type(1) form.remove"), second.Submit(other, selector: ".own-passkey:nth-of-type(2) form.remove"));

        Assert.Equal(1, await host.Read(db => db.Set<StaffPasskey>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_touches_another_persons_passkey(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        var id = (await host.Read(db => db.Set<StaffPasskey>().SingleAsync())).Id;
        using var stranger = await host.SignInEnglish(Role.Operator);
        var token = Token(await stranger.Get("/staff/me"));

        foreach (var act in new[] { "name", "remove" })
        {
            var answer = await stranger.Post($"/staff/me/passkeys/{id}/{act}", new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["name"] = "mine" });
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }

        Assert.Equal("Laptop", (await host.Read(db => db.Set<StaffPasskey>().AsNoTracking().SingleAsync())).Data.Name);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_no_honest_answer_to_this_persons_challenge_is_not_kept_and_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var taken = new SoftwareAuthenticator();
        await host.WithPasskey(taken);
        var staff = await host.AddStaff("en", Role.Analyst);
        using var own = host.SignIn(staff);
        SoftwareAuthenticator[] wrongs =
        [
            new() { Origin = "https://attacker.example" },
            new() { RelyingParty = "attacker.example" },
            new() { OtherChallenge = new byte[32] },
            new() { UserVerified = false },
            new() { CredentialId = taken.CredentialId },
        ];
        foreach (var wrong in wrongs)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await own.Add(wrong)).Status);
            wrong.Dispose();
        }

        // The challenge of a colleague, with their sealed cookie.
        using var colleague = await host.SignInEnglish(Role.Analyst);
        using var device = new SoftwareAuthenticator();
        var theirs = await colleague.Options(await colleague.Get("/staff/me"), PasskeyCeremony.AddForm);
        var cookie = theirs.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("egida-passkey=", StringComparison.Ordinal)).Split(';')[0];
        var page = await own.Get("/staff/me");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/staff/me/passkeys")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = Token(page), ["credential"] = device.Create(theirs.Html) }),
            Headers = { { "Cookie", cookie } },
        };
        Assert.Equal(HttpStatusCode.Forbidden, (await own.Http.SendAsync(request)).StatusCode);

        Assert.False(await host.Read(db => db.Set<StaffPasskey>().AnyAsync(p => p.UserId == staff.Value)));
        Assert.Equal(wrongs.Length + 1, (await host.Logged("access.passkey-refused")).Count);
    }

    [Theory, OnBothDatabases]
    public async Task The_options_want_a_verified_person_and_no_attestation_and_exclude_what_is_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        using var own = host.SignIn(staff);
        using var options = JsonDocument.Parse((await own.Options(await own.Get("/staff/me"), PasskeyCeremony.AddForm)).Html);

        var root = options.RootElement;
        Assert.Equal("localhost", root.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal("none", root.GetProperty("attestation").GetString());
        Assert.Equal("required", root.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        Assert.Equal("preferred", root.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(device.CredentialId), root.GetProperty("excludeCredentials")[0].GetProperty("id").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Without_script_the_page_says_that_passkeys_need_it_and_the_code_app_is_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var own = await host.SignInEnglish(Role.Analyst);
        using var anonymous = host.Anonymous();
        var (me, signIn) = (await own.Get("/staff/me"), await anonymous.Get("/staff/sign-in"));

        Assert.All([me, signIn], page => Assert.NotNull(page.Document.QuerySelector("noscript")));
        Assert.All([me.Document.QuerySelector("#passkey-add"), signIn.Document.QuerySelector("#passkey-sign-in")], button => Assert.True(button!.Closest("form")!.HasAttribute("hidden")));
        Assert.NotNull(me.Document.QuerySelector("form.code-app"));
        Assert.NotNull(signIn.Document.QuerySelector("form.by-code"));
    }

    private static string Token(HtmlAnswer page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
