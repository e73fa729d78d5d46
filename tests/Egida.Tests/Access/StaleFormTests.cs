using System.Net;
using Egida.Access;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class StaleFormTests
{
    [Theory, OnBothDatabases]
    public async Task A_form_from_before_another_sign_in_changes_nothing_says_what_to_do_and_gives_back_what_was_written(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var before = await host.SignInEnglish(Role.Operator);
        using var now = await host.SignInEnglish(Role.Operator);
        var page = await before.Get("/staff/access");

        var answer = await now.Submit(
            page,
            new Dictionary<string, string>
            {
                ["subject"] = now.Staff.ToString()!,
                ["change"] = "Disable",
                ["code"] = "123 456",
                ["reason"] = "A long reason <b>that took</b> a while to write.",
            },
            "form[action='/staff/access/changes']");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("This form is no longer valid", answer.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Open the page again", answer.Text, StringComparison.Ordinal);
        var kept = Assert.Single(answer.Document.QuerySelectorAll("main textarea"));
        Assert.Equal("A long reason <b>that took</b> a while to write.", kept.TextContent);
        Assert.Empty(answer.Document.QuerySelectorAll("main form"));
        Assert.False(await host.Read(db => db.Set<StaffChange>().AnyAsync()));

        var entry = Assert.Single(await host.Logged("access.form-refused"));
        Assert.Equal($"staff:{now.Staff}", entry.Actor);
        Assert.Contains("/staff/access/changes", entry.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("long reason", entry.Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_form_whose_session_has_ended_gives_back_what_was_written_but_never_a_code(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var member = await host.SignInEnglish(Role.Operator);
        using var ended = host.Anonymous();
        var page = await member.Get("/staff/access");
        var fields = new Dictionary<string, string>
        {
            ["subject"] = member.Staff.ToString()!,
            ["change"] = "Disable",
            ["code"] = "123 456",
            ["secret"] = "not to be seen",
            ["reason"] = "A long reason <b>that took</b> a while to write.",
        };

        var answer = await ended.Submit(page, fields, "form[action='/staff/access/changes']");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("odmowę odnotowaliśmy", answer.Text, StringComparison.Ordinal);
        Assert.Equal("A long reason <b>that took</b> a while to write.", Assert.Single(answer.Document.QuerySelectorAll("main textarea")).TextContent);
        Assert.DoesNotContain("123 456", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be seen", answer.Html, StringComparison.Ordinal);
        Assert.False(await host.Read(db => db.Set<StaffChange>().AnyAsync()));

        fields.Remove("reason");
        var nothing = await ended.Submit(page, fields, "form[action='/staff/access/changes']");
        Assert.StartsWith("/staff/sign-in", nothing.Location!.IsAbsoluteUri ? nothing.Location.PathAndQuery : nothing.Location.ToString(), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_form_without_a_token_or_with_a_forged_one_is_refused_the_same_way_signed_in_or_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var own = await host.SignIn(Role.Analyst);
        using var nobody = host.Anonymous();
        foreach (var fields in new[] { new Dictionary<string, string>(), new() { ["__RequestVerificationToken"] = "forged" } })
        {
            foreach (var (client, path) in new[] { (own, "/staff/me/recovery-codes"), (own, "/staff/me/language"), (nobody, "/staff/sign-in"), (nobody, "/staff/sign-in/passkey/options") })
            {
                var answer = await client.Post(path, fields);
                Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
                Assert.Equal("Ten formularz stracił ważność", answer.Document.QuerySelector("h1")!.TextContent);
            }
        }

        Assert.Equal(4, (await host.Logged("access.form-refused")).Count);
        Assert.Empty(await host.Logged("access.make-recovery-codes"));
    }
}
