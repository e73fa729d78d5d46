using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Access;

public sealed class PasskeySignInTests
{
    [Theory, OnBothDatabases]
    public async Task A_passkey_alone_lets_its_owner_in_without_a_name(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        host.Clock.Advance(TimeSpan.FromHours(3));

        using var person = host.Anonymous();
        Assert.Equal("/staff", (await person.SignInWith(device)).Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/staff")).Status);

        var entry = Assert.Single(await host.Logged("access.use-passkey"));
        Assert.Equal($"staff:{staff}", entry.Actor);
        var passkey = await host.Read(db => db.Set<StaffPasskey>().SingleAsync());
        Assert.Equal(host.Clock.Now, passkey.LastUsedAt);
        Assert.Contains(passkey.Id.ToString(), entry.Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task The_options_ask_for_verification_of_this_host_and_name_nobody(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        using var person = host.Anonymous();
        using var options = JsonDocument.Parse((await person.Options(await person.Get("/staff/sign-in"), PasskeyCeremony.SignInForm)).Html);

        Assert.Equal("localhost", options.RootElement.GetProperty("rpId").GetString());
        Assert.Equal("required", options.RootElement.GetProperty("userVerification").GetString());
        Assert.Equal(0, options.RootElement.GetProperty("allowCredentials").GetArrayLength());
    }

    [Theory, OnBothDatabases]
    public async Task What_does_not_answer_our_challenge_on_our_page_by_its_owner_is_refused_plainly_and_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        using var other = new SoftwareAuthenticator();
        await host.WithPasskey(other);
        var (own, foreign) = (device.UserHandle, other.UserHandle);
        var wrongs = new (string What, Action Wrong, Action Right)[]
        {
            ("origin", () => device.Origin = "https://localhost.attacker.example", () => device.Origin = "http://localhost:8480"),
            ("frame of another origin", () => device.CrossOrigin = true, () => device.CrossOrigin = false),
            ("host", () => device.RelyingParty = "attacker.example", () => device.RelyingParty = "localhost"),
            ("challenge", () => device.OtherChallenge = RandomNumberGenerator.GetBytes(32), () => device.OtherChallenge = null),
            ("no verification", () => device.UserVerified = false, () => device.UserVerified = true),
            ("another person's", () => device.UserHandle = foreign, () => device.UserHandle = own),
            ("nobody's", () => device.UserHandle = "", () => device.UserHandle = own),
        };

        using var person = host.Anonymous();
        foreach (var (what, wrong, right) in wrongs)
        {
            wrong();
            var refused = await person.SignInWith(device);
            right();
            Assert.True(refused.Status == HttpStatusCode.Forbidden, what);
            Assert.Contains("nie został przyjęty", refused.Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Redirect, (await person.Get("/staff")).Status);
        }

        Assert.Equal(wrongs.Length, (await host.Logged("access.sign-in-refused")).Count);
        Assert.Equal("/staff", (await person.SignInWith(device)).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task A_copied_answer_is_refused_even_with_the_cookie_it_belonged_to(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        using var person = host.Anonymous();
        var page = await person.Get("/staff/sign-in");
        var options = await person.Options(page, PasskeyCeremony.SignInForm);
        var cookie = CookieOf(options);
        var credential = device.Get(options.Html);
        Assert.Equal("/staff", (await person.Send(page, PasskeyCeremony.SignInForm, credential)).Location?.ToString());

        using var thief = new TestClient(host.Address, cookie);
        var replayed = await thief.Send(await thief.Get("/staff/sign-in"), PasskeyCeremony.SignInForm, credential);

        Assert.Equal(HttpStatusCode.Forbidden, replayed.Status);
        Assert.Single(await host.Logged("access.sign-in-refused"));
    }

    [Theory, OnBothDatabases]
    public async Task Of_one_answer_sent_several_times_at_once_exactly_one_wins_and_the_others_are_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        using var person = host.Anonymous();
        var options = await person.Options(await person.Get("/staff/sign-in"), PasskeyCeremony.SignInForm);
        var credential = device.Get(options.Html);
        var clients = Enumerable.Range(0, 4).Select(_ => new TestClient(host.Address, CookieOf(options))).ToList();
        var pages = await Task.WhenAll(clients.Select(c => c.Get("/staff/sign-in")));

        var answers = await Task.WhenAll(clients.Zip(pages, (c, p) => c.Send(p, PasskeyCeremony.SignInForm, credential)));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Forbidden));
        Assert.Equal(3, (await host.Logged("access.sign-in-refused")).Count);
        clients.ForEach(c => c.Dispose());
    }

    [Theory, OnBothDatabases]
    public async Task A_challenge_runs_out_and_without_one_nothing_is_taken(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        await host.WithPasskey(device);
        using var person = host.Anonymous();
        var page = await person.Get("/staff/sign-in");
        var options = await person.Options(page, PasskeyCeremony.SignInForm);
        host.Clock.Advance(TimeSpan.FromMinutes(5.1));
        Assert.Equal(HttpStatusCode.Forbidden, (await person.Send(page, PasskeyCeremony.SignInForm, device.Get(options.Html))).Status);

        using var fresh = host.Anonymous();
        var sign = await fresh.Get("/staff/sign-in");
        foreach (var nonsense in new[] { "", "{}", "not json", new string('x', 40_000), device.Get(options.Html) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await fresh.Send(sign, PasskeyCeremony.SignInForm, nonsense)).Status);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_device_whose_counter_does_not_rise_is_taken_for_a_copy(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator { Counter = 7 };
        await host.WithPasskey(device);
        using var person = host.Anonymous();
        Assert.Equal(HttpStatusCode.Forbidden, (await person.SignInWith(device)).Status);

        device.Counter = 8;
        Assert.Equal("/staff", (await person.SignInWith(device)).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task A_disabled_person_and_a_removed_passkey_read_the_same_and_are_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var one = new SoftwareAuthenticator();
        using var two = new SoftwareAuthenticator();
        var disabled = await host.WithPasskey(one);
        var removed = await host.WithPasskey(two);
        await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == disabled.Value).ExecuteUpdateAsync(s => s.SetProperty(m => m.DisabledAt, host.Clock.Now)));
        await host.Read(db => db.Set<StaffPasskey>().Where(p => p.UserId == removed.Value).ExecuteDeleteAsync());

        using var person = host.Anonymous();
        var ofDisabled = await person.SignInWith(one);
        var ofRemoved = await person.SignInWith(two);

        Assert.Equal(HttpStatusCode.Forbidden, ofDisabled.Status);
        Assert.Equal(HttpStatusCode.Forbidden, ofRemoved.Status);
        Assert.Equal(ofRemoved.Document.QuerySelector("main")!.TextContent, ofDisabled.Document.QuerySelector("main")!.TextContent);
        Assert.Equal(2, (await host.Logged("access.sign-in-refused")).Count);
    }

    [Theory, OnBothDatabases]
    public async Task Keeping_a_passkeys_counter_does_not_undo_what_a_colleague_did_to_its_owner_meanwhile(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var device = new SoftwareAuthenticator();
        var staff = await host.WithPasskey(device);
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffMember>>();
        var member = (await users.FindByIdAsync(staff.ToString()))!;
        await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).ExecuteUpdateAsync(s => s.SetProperty(m => m.DisabledAt, host.Clock.Now)));

        var passkey = Assert.Single(await users.GetPasskeysAsync(member));
        passkey.SignCount = 5;
        var action = scope.ServiceProvider.GetRequiredService<ActionBook>().Begin(Sample.Kind, Actor.System("test"), $"staff:{staff}");
        Assert.True((await users.AddOrUpdatePasskeyAsync(member, passkey)).Succeeded);
        Assert.Equal(0u, (await host.Read(db => db.Set<StaffPasskey>().AsNoTracking().SingleAsync())).Data.SignCount);
        await action.Commit(CancellationToken.None);

        Assert.Equal(5u, (await host.Read(db => db.Set<StaffPasskey>().AsNoTracking().SingleAsync())).Data.SignCount);
        Assert.NotNull(await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.DisabledAt).SingleAsync()));
    }

    private static string CookieOf(HtmlAnswer options) =>
        options.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("egida-passkey=", StringComparison.Ordinal)).Split(';')[0];
}
