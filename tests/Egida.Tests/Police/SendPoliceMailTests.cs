using Egida.Access;
using Egida.Intake;
using Egida.Platform.Mail;
using Egida.Police;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Police;

public sealed class SendPoliceMailTests
{
    [Theory, OnBothDatabases]
    public async Task The_police_learn_the_reference_and_where_to_fetch_and_nothing_of_the_content(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();

        await bench.Send();

        var package = Assert.Single(await bench.Packages());
        var mail = Assert.Single(bench.Inbox);
        var text = mail.Parse().Text;
        Assert.Contains(package.Reference, text, StringComparison.Ordinal);
        Assert.Contains($"https://portal.egida.example/staff/police/{package.Id}", text, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(await bench.Parts()).Sha256, text, StringComparison.Ordinal);
        Assert.DoesNotContain("galeria", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"<{package.Id}@egida.example>", mail.Text, StringComparison.Ordinal);
        Assert.NotNull(package.NotifiedAt);
        Assert.Equal(Station.HandedOver, (await bench.Host.Item(id)).LastStation);
        Assert.Contains("PoliceNotified", await bench.Host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_mailbox_that_says_later_gets_the_letter_later_and_once(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        bench.World.Mail.Behave(PoliceOffice.Mail, MailFault.TryLater);
        await bench.Send();
        Assert.Empty(bench.Inbox);
        Assert.Null(Assert.Single(await bench.Packages()).NotifiedAt);

        bench.World.Mail.BehaveWell();
        await bench.Send(TimeSpan.FromMinutes(5));

        Assert.DoesNotContain("duplicate", Assert.Single(bench.Inbox).Text, StringComparison.Ordinal);
        Assert.Equal([MailAttemptState.RefusedForNow, MailAttemptState.Accepted], (await Attempts(bench)).Select(a => a.State));
    }

    [Theory, OnBothDatabases]
    public async Task A_stopped_mail_server_delays_the_letter(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        await bench.World.Mail.Stop();
        await bench.Send();

        bench.World.Mail.Start();
        await bench.Send(TimeSpan.FromMinutes(5));

        Assert.Single(bench.Inbox);
        Assert.NotNull(Assert.Single(await bench.Packages()).NotifiedAt);
    }

    [Theory]
    [OnBothDatabases(MailFault.LostAfterKeeping, 2)]
    [OnBothDatabases(MailFault.LostBeforeKeeping, 1)]
    public async Task A_connection_lost_after_the_letter_leads_to_one_marked_copy_with_the_same_identity(DatabaseKind database, MailFault fault, int copies)
    {
        await using var bench = await PoliceBench.Start(database);
        await bench.ToPolice();
        await bench.Build();
        bench.World.Mail.Behave(PoliceOffice.Mail, fault);
        await bench.Send();
        Assert.Null(Assert.Single(await bench.Packages()).NotifiedAt);

        bench.World.Mail.BehaveWell();
        await bench.Send(TimeSpan.FromMinutes(5));

        var letters = bench.Inbox;
        Assert.Equal(copies, letters.Count);
        Assert.Single(letters.Select(l => l.Parse().Header("message-id", "")).Distinct());
        Assert.Contains("możliwy duplikat", letters[^1].Parse().Text, StringComparison.Ordinal);
        Assert.Contains("X-Egida-Possible-Duplicate-Of", letters[^1].Text, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await bench.Packages()).NotifiedAt);
    }

    [Theory, OnBothDatabases]
    public async Task Two_letters_of_unknown_fate_are_the_last_and_a_person_is_asked(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        bench.World.Mail.Behave(PoliceOffice.Mail, MailFault.LostAfterKeeping);

        await bench.Send(TimeSpan.FromHours(3));

        Assert.Equal(2, bench.Inbox.Count);
        Assert.Equal("outcome-unknown-twice", Assert.Single(await bench.Packages()).StoppedBecause);
        Assert.Equal(PersonNeeded.PoliceNotTold, (await bench.Host.Item(id)).PersonNeeded);
        Assert.DoesNotContain("PoliceNotified", await bench.Host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_letter_brings_the_item_to_a_person_until_the_police_fetch_the_package(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        bench.World.Mail.Behave(PoliceOffice.Mail, MailFault.NoSuchMailbox);

        await bench.Send(TimeSpan.FromHours(3));

        Assert.NotNull((await bench.Work("police.send-mail")).DoneAt);
        Assert.Single(await Attempts(bench));
        var package = Assert.Single(await bench.Packages());
        Assert.Equal(("smtp-550", PolicePackageState.NotTold), (package.StoppedBecause, package.State));
        Assert.Equal(PersonNeeded.PoliceNotTold, (await bench.Host.Item(id)).PersonNeeded);
        Assert.Contains("PoliceLetterStopped", await bench.Host.EventsAbout(id));
        using var lead = await bench.Host.SignInEnglish(Role.SeniorAnalyst);
        Assert.Contains("police not told", (await lead.Get("/staff/triage")).Text);

        using var police = await bench.Host.SignIn(Role.PoliceLiaison);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await police.Http.GetAsync($"/staff/police/{package.Id}/parts/1")).StatusCode);
        Assert.Null((await bench.Host.Item(id)).PersonNeeded);
        Assert.Contains("PoliceNotified", await bench.Host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_must_phone_the_police_even_about_an_item_that_is_closed(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();
        await bench.Build();
        await bench.Host.Read(db => db.Set<Item>().ExecuteUpdateAsync(s => s
            .SetProperty(i => i.Closure, ItemClosure.HandedToSisterHotline).SetProperty(i => i.ClosedAt, i => i.OpenedAt)));
        bench.World.Mail.Behave(PoliceOffice.Mail, MailFault.NoSuchMailbox);
        await bench.Send(TimeSpan.FromHours(3));

        using var lead = await bench.Host.SignInEnglish(Role.SeniorAnalyst);
        var queue = await lead.Get("/staff/triage");
        Assert.Contains((await bench.Host.Item(id)).ShortName, queue.Text);
        await lead.Submit(queue, new Dictionary<string, string> { ["reason"] = "The unit was told by phone." }, $"form[action='/staff/triage/{id}/settle']");
        Assert.Null((await bench.Host.Item(id)).PersonNeeded);
        Assert.Equal(ItemClosure.HandedToSisterHotline, (await bench.Host.Item(id)).Closure);
    }

    [Fact]
    public async Task Without_a_portal_address_the_letter_waits_and_says_what_to_set()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, (settings, _) => settings.Remove("Police:PortalUrl"));
        await bench.ToPolice();
        await bench.Build();

        await bench.Send();

        Assert.Contains("Police:PortalUrl", (await bench.Work("police.send-mail")).LastProblem, StringComparison.Ordinal);
        Assert.Empty(bench.Inbox);
    }

    private static Task<List<MailAttempt>> Attempts(PoliceBench bench) =>
        bench.Host.Read(db => db.Set<MailAttempt>().AsNoTracking().OrderBy(a => a.Ordinal).ToListAsync());
}
