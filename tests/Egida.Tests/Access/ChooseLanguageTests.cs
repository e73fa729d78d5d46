using System.Net;
using Egida.Access;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class ChooseLanguageTests
{
    [Theory, OnBothDatabases]
    public async Task The_choice_is_kept_logged_once_and_seen_at_once_on_every_device(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var staff = await host.AddStaff(Role.Analyst);
        using var own = host.SignIn(staff);
        using var elsewhere = host.SignIn(staff);
        // This browser was told another language by the switch in the page's head.
        await own.Submit(await own.Get("/staff/me"), new Dictionary<string, string> { ["language"] = "en" }, "form[action='/staff/choices']");
        var page = await own.Get("/staff/me");
        Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang"));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("/staff/me", (await own.Submit(page, new Dictionary<string, string> { ["language"] = "uk" }, "form.language")).Location?.ToString());
        }

        Assert.Equal("uk", (await own.Get("/staff/me")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("uk", (await elsewhere.Get("/staff")).Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("uk", await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.Language).SingleAsync()));
        Assert.Single(await host.Logged("access.choose-language"));
    }

    [Theory, OnBothDatabases("de")]
    [OnBothDatabases("")]
    public async Task A_language_that_the_texts_do_not_have_is_refused(DatabaseKind database, string language)
    {
        await using var host = await EgidaHost.Start(database);
        using var own = await host.SignIn(Role.Analyst);

        var answer = await own.Submit(await own.Get("/staff/me"), new Dictionary<string, string> { ["language"] = language }, "form.language");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("pl", (await own.Get("/staff/me")).Document.DocumentElement.GetAttribute("lang"));
    }
}
