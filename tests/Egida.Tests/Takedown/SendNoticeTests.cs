using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Egida.Routing;
using Egida.Simulators;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Takedown;

public sealed class SendNoticeTests
{
    private const string Abuse = "abuse@hosting-pl.example";
    private static readonly string[] Police = ["police.build-package", "police.stamp-package", "police.send-mail"];
    private static readonly string[] Notify = [SendNotice.WorkKind, SendNoticeLetter.WorkKind];

    [Theory, OnBothDatabases]
    public async Task The_provider_is_told_only_after_the_police_and_with_the_files_that_are_illegal(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(bench.World.WalkPage);

        await bench.Do(Notify);
        Assert.Empty(bench.World.Mail.Inbox(Abuse));
        await bench.Do([.. Police, .. Notify]);

        var notice = Assert.Single(await bench.All<Notice>());
        Assert.NotNull(notice.SentAt);
        Assert.Matches(@"^EG-N-\d{4}-000001$", notice.Number);
        var desk = Assert.Single(bench.World.Provider.Notices);
        Assert.True(desk.State == NoticeState.Accepted, desk.Objection);
        Assert.Equal((bench.World.WalkPage, notice.Id.ToString()), (desk.Url, desk.ReportId));
        var text = PythonMail.Read(bench.World.Mail.Inbox(Abuse)[0].Raw)["parts"]![0]!["text"]!.GetValue<string>();
        var site = bench.World.Sites.Find("galeria.example")!;
        string Hash(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(site.Resources[path].Body));
        Assert.Contains(Hash("/media/known-exact.png"), text);
        Assert.Contains(Hash("/media/unknown.png"), text);
        Assert.DoesNotContain(Hash("/media/known-near.jpg"), text);
        Assert.Equal(["PoliceNotified", "NoticeSent"], (await bench.Events(id)).Where(e => e is "PoliceNotified" or "NoticeSent"));
        Assert.Equal(Station.HandedOver, (await bench.Item(id)).LastStation);
    }

    [Theory]
    [OnBothDatabases(MailFault.TryLater)]
    [OnBothDatabases(MailFault.None)]
    public async Task A_refusal_for_now_or_a_stopped_server_is_tried_again_until_it_is_taken_once(DatabaseKind database, MailFault fault)
    {
        await using var bench = await Ready(database);
        bench.World.Mail.Behave(Abuse, fault);
        if (fault == MailFault.None)
        {
            await bench.World.Mail.Stop();
        }

        await bench.Do(Notify);
        Assert.Contains(Assert.Single(await bench.Open(SendNoticeLetter.WorkKind)).LastProblem, new[] { "smtp-451", "smtp-cannot-connect" });
        bench.World.Mail.BehaveWell();
        bench.World.Mail.Start();
        await bench.Do(TimeSpan.FromHours(1), Notify);

        var mail = Assert.Single(bench.World.Mail.Inbox(Abuse));
        Assert.DoesNotContain("possible duplicate", mail.Text);
        var attempts = await NoticeAttempts(bench);
        Assert.Equal(MailAttemptState.Accepted, attempts[^1].State);
        Assert.All(attempts.SkipLast(1), a => Assert.Equal(MailAttemptState.RefusedForNow, a.State));
    }

    [Theory, OnBothDatabases]
    public async Task A_mailbox_that_does_not_exist_brings_a_person_and_no_second_try(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        bench.World.Mail.Behave(Abuse, MailFault.NoSuchMailbox);
        await bench.Do(TimeSpan.FromHours(2), Notify);

        var notice = Assert.Single(await bench.All<Notice>());
        Assert.Equal((null, "smtp-550"), (notice.SentAt, notice.StoppedBecause));
        var attempt = Assert.Single(await NoticeAttempts(bench));
        Assert.Equal((550, "5.1.1 no such mailbox"), (attempt.ReplyCode, attempt.ReplyText));
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(notice.ItemId)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task A_notice_whose_outcome_is_unknown_is_sent_once_more_with_the_same_identity_and_marked(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        bench.World.Mail.Behave(Abuse, MailFault.LostAfterKeeping);
        await bench.Do(TimeSpan.Zero, Notify);
        bench.World.Mail.BehaveWell();
        await bench.Do(TimeSpan.FromHours(1), Notify);

        var copies = bench.World.Mail.Inbox(Abuse).Select(m => PythonMail.Read(m.Raw)).ToList();
        Assert.Equal(2, copies.Count);
        Assert.Equal(copies[0].Header("Message-Id"), copies[1].Header("Message-Id"));
        Assert.DoesNotContain("possible duplicate", copies[0].Header("Subject"));
        Assert.StartsWith("[possible duplicate]", copies[1].Header("Subject"), StringComparison.Ordinal);
        Assert.Equal([MailAttemptState.Unknown, MailAttemptState.Accepted], (await NoticeAttempts(bench)).Select(a => a.State));
    }

    [Theory, OnBothDatabases]
    public async Task A_worker_that_died_while_sending_leaves_an_attempt_that_counts_as_possibly_delivered(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        bench.World.Mail.Behave(Abuse, MailFault.TryLater);
        await bench.Do(TimeSpan.Zero, Notify);
        // As a crash between the server's answer and our commit would leave it.
        await bench.App.Read(db => db.Set<MailAttempt>().Where(a => a.State == MailAttemptState.RefusedForNow)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.State, MailAttemptState.Begun).SetProperty(a => a.EndedAt, (DateTime?)null)));
        bench.World.Mail.BehaveWell();
        await bench.Do(TimeSpan.FromHours(1), Notify);
        Assert.Contains("possible duplicate", Assert.Single(bench.World.Mail.Inbox(Abuse)).Text);
    }

    [Theory, OnBothDatabases]
    public async Task After_two_unknown_outcomes_nothing_more_is_sent_and_a_person_is_asked(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        bench.World.Mail.Behave(Abuse, MailFault.LostAfterKeeping);
        await bench.Do(TimeSpan.FromHours(5), Notify);

        Assert.Equal(2, bench.World.Mail.Inbox(Abuse).Count);
        var notice = Assert.Single(await bench.All<Notice>());
        Assert.Equal("outcome-unknown-twice", notice.StoppedBecause);
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(notice.ItemId)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task A_notice_that_was_taken_is_not_sent_again_because_what_follows_was_refused(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        await bench.Do(SendNotice.WorkKind);
        await bench.App.InScope(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<EgidaDb>();
            var work = await db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == SendNoticeLetter.WorkKind);
            // Taken over by another worker before this one commits what follows from the letter.
            await db.Set<WorkItem>().Where(w => w.Id == work.Id).ExecuteUpdateAsync(s => s.SetProperty(w => w.LeaseToken, Guid.CreateVersion7()));
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => services.GetRequiredService<SendNoticeLetter>().Run(work, CancellationToken.None));
        });
        Assert.Null(Assert.Single(await bench.All<NoticeLetter>()).SentAt);
        await bench.Do(TimeSpan.FromHours(1), Notify);

        Assert.Single(bench.World.Mail.Inbox(Abuse));
        var attempt = Assert.Single(await NoticeAttempts(bench));
        Assert.Equal((MailAttemptState.Accepted, attempt.EndedAt), (attempt.State, Assert.Single(await bench.All<Notice>()).SentAt));
        Assert.Equal(attempt.EndedAt, Assert.Single(await bench.All<NoticeLetter>()).SentAt);
        Assert.Single((await bench.Events((await bench.All<Notice>())[0].ItemId)), "NoticeSent");
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_moved_since_it_was_routed_is_not_notified_there_but_routed_anew(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        bench.World.Dns.Zone.Set("galeria.example", "198.51.100.77");
        await bench.Do([.. Notify, "routing.route-item"]);

        Assert.Empty(bench.World.Mail.Inbox(Abuse));
        Assert.Empty(await bench.All<Notice>());
        var decisions = await bench.App.Read(db => db.Set<RoutingDecision>().OrderBy(d => d.At).ToListAsync());
        Assert.Equal(["hosted-here", "hosted-abroad-with-hotline"], decisions.Select(d => d.Rule));
        Assert.Contains("NoticeWithheld", await bench.Events(decisions[0].ItemId));
    }

    [Theory, OnBothDatabases]
    public async Task A_notice_ordered_twice_is_sent_once(DatabaseKind database)
    {
        await using var bench = await Ready(database);
        await bench.Do(Notify);
        await bench.App.Read(db => db.Set<WorkItem>().Where(w => Notify.Contains(w.Kind)).ExecuteUpdateAsync(s => s.SetProperty(w => w.DoneAt, (DateTime?)null)));
        await bench.Do(Notify);
        Assert.Single(bench.World.Mail.Inbox(Abuse));
    }

    private static async Task<WaysOutBench> Ready(DatabaseKind database)
    {
        var bench = await WaysOutBench.Start(database);
        await bench.Routed(bench.World.WalkPage);
        await bench.Do(Police);
        return bench;
    }

    private static async Task<List<MailAttempt>> NoticeAttempts(WaysOutBench bench)
    {
        var notice = Assert.Single(await bench.All<Notice>());
        return [.. (await bench.All<MailAttempt>()).Where(a => a.MessageOf == notice.LetterId.Value).OrderBy(a => a.Ordinal)];
    }
}
