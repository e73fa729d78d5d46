using System.Text;
using Egida.Access;
using Egida.Audit;
using Egida.Intake;
using Egida.Takedown;
using Egida.Takedown.Answers;
using Egida.Tests.Harness;

namespace Egida.Tests.Takedown;

/// <summary>The hotline's mailbox is read, and what came is matched to its notices.</summary>
public sealed class ReadAnswersTests
{
    private const string Abuse = "abuse@hosting-pl.example";
    private static readonly string[] Ways = ["police.build-package", "police.stamp-package", "police.send-mail", SendNotice.WorkKind, SendNoticeLetter.WorkKind];

    [Theory, OnBothDatabases]
    public async Task A_bounce_after_three_days_stops_the_notice_and_nothing_more_goes_there_until_a_person_decides(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        desk.Bench.App.Clock.Advance(TimeSpan.FromDays(3));
        desk.Arrives("dsn-given-up-after-three-days");
        await desk.Read();

        var notice = Assert.Single(await desk.Bench.All<Notice>());
        Assert.NotNull(notice.SentAt);
        Assert.Equal("bounced-4.4.7", notice.StoppedBecause);
        Assert.Equal(PersonNeeded.NoRoute, (await desk.Bench.Item(notice.ItemId)).PersonNeeded);
        await desk.Bench.Do(TimeSpan.FromDays(3), [.. Ways, CheckStillThere.WorkKind]);
        Assert.Single(desk.Bench.World.Mail.Inbox(Abuse));
        using var analyst = await desk.Bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{notice.ItemId}");
        Assert.Contains("The mail came back", page.Text);
        Assert.Contains("the notice before came back", page.Text);

        // A person says that the mailbox is repaired.
        desk.Bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Bench.Route(notice.ItemId, new Egida.Routing.RoutedAct(Egida.Routing.ActKind.Provider, "PL", null));
        await desk.Bench.Do(TimeSpan.FromHours(1), Ways);
        Assert.Equal(2, desk.Bench.World.Mail.Inbox(Abuse).Count);
    }

    [Theory, OnBothDatabases]
    public async Task Five_thousand_automatic_replies_are_one_line_and_few_entries(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        var before = (await desk.Bench.All<AuditEntry>()).Count;
        for (var i = 0; i < 5000; i++)
        {
            desk.Arrives("auto-replied", more: $"\nTicket {i}\n");
        }

        await desk.Read();
        var answer = Assert.Single(await desk.Bench.All<NoticeAnswer>());
        Assert.Equal((NoticeAnswerKind.Automatic, 5000), (answer.Kind, answer.Times));
        Assert.InRange((await desk.Bench.All<AuditEntry>()).Count - before, 1, 5000 / ReadAnswers.Portion + 1);
        Assert.Empty(Directory.GetFiles(Path.Combine(desk.Inbox, "new")));
        Assert.Null((await desk.Bench.Item(answer.ItemId)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task A_thousand_written_answers_are_twenty_to_read_and_a_count(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        for (var i = 0; i < 1000; i++)
        {
            desk.Arrives("answer-by-number-only", more: $"\nmail {i}\n", from: "@hosting-pl.example");
        }

        await desk.Read();
        var kept = await desk.Bench.All<NoticeAnswer>();
        Assert.Equal((AnswerNotice.MostAnswers, 1000), (kept.Count, kept.Sum(a => a.Times)));
        Assert.Single(await desk.Bench.Open(CheckStillThere.WorkKind), w => w.Key.Contains("claimed", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_in_words_waits_for_somebody_to_read_it_and_a_look_becomes_due(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        desk.Arrives("answer");
        await desk.Read();
        using var analyst = await desk.Bench.App.SignInEnglish(Role.Analyst);
        Assert.Contains("Providers' answers to read: 1", (await analyst.Get("/staff")).Text);
        var page = await analyst.Get("/staff/takedown");
        Assert.Contains("Removed, thank you.", page.Text);
        await analyst.Submit(page, selector: "form[action*='/answers/']");
        Assert.DoesNotContain("Removed, thank you.", (await analyst.Get("/staff/takedown")).Text);
        Assert.NotNull(Assert.Single(await desk.Bench.All<NoticeAnswer>()).ReadBy);
        Assert.Contains(await desk.Bench.Open(CheckStillThere.WorkKind), w => w.Key == "1-claimed");
    }

    [Theory, OnBothDatabases]
    public async Task A_report_sent_back_as_removed_is_a_claim_for_its_notice_only(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database, items: 2);
        var notices = (await desk.Bench.All<Notice>()).OrderBy(n => n.Number).ToList();
        desk.Arrives("answer-with-xarf", notice: notices[1].Id);
        await desk.Read();
        var answer = Assert.Single(await desk.Bench.All<NoticeAnswer>());
        Assert.Equal((NoticeAnswerKind.Removed, notices[1].Id), (answer.Kind, answer.NoticeId));
    }

    [Theory, OnBothDatabases]
    public async Task By_a_number_alone_only_the_notices_own_desk_is_believed_and_never_that_it_came_back(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        desk.Arrives("answer-by-number-only", from: "@elsewhere.example");
        desk.Arrives("dsn-without-the-original", from: "@hosting-pl.example");
        await desk.Read();
        Assert.Empty(await desk.Bench.All<NoticeAnswer>());
        desk.Arrives("answer-by-number-only", from: "@support.hosting-pl.example");
        await desk.Read();
        Assert.Equal(NoticeAnswerKind.Written, Assert.Single(await desk.Bench.All<NoticeAnswer>()).Kind);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_not_about_a_notice_stays_unread_for_people_and_a_mail_read_twice_is_one_answer(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        desk.Arrives("about-parcels");
        desk.Arrives("answer");
        await desk.Read();
        var cur = Directory.GetFiles(Path.Combine(desk.Inbox, "cur")).Order(StringComparer.Ordinal).Select(f => f[f.IndexOf(":2,", StringComparison.Ordinal)..]);
        Assert.Equal([":2,", ":2,S"], cur);

        // As a crash between the commit and the move would leave it.
        desk.Arrives("answer");
        await desk.Read();
        Assert.Equal(1, Assert.Single(await desk.Bench.All<NoticeAnswer>()).Times);
    }

    [Theory, OnBothDatabases]
    public async Task A_mailbox_that_is_not_there_is_said_and_waited_for(DatabaseKind database)
    {
        await using var desk = await Desk.Told(database);
        Directory.Delete(Path.Combine(desk.Inbox, "new"), recursive: true);
        await desk.Read();
        Assert.Contains("no-mailbox", Assert.Single(await desk.Bench.Open(ReadAnswers.WorkKind)).LastProblem);
    }

    private sealed class Desk(WaysOutBench bench, string inbox, Notice told) : IAsyncDisposable
    {
        private int count;

        public WaysOutBench Bench => bench;

        public string Inbox => inbox;

        public static async Task<Desk> Told(DatabaseKind database, int items = 1)
        {
            var inbox = Directory.CreateTempSubdirectory("egida-inbox-").FullName;
            Directory.CreateDirectory(Path.Combine(inbox, "new"));
            var bench = await WaysOutBench.Start(database, more: new Dictionary<string, string> { ["Takedown:Inbox"] = inbox, ["Takedown:GroupFor"] = "01:00:00" });
            for (var i = 0; i < items; i++)
            {
                await bench.Routed(bench.World.WalkPage);
            }

            await bench.Do(TimeSpan.FromHours(1.1), Ways);
            return new Desk(bench, inbox, (await bench.All<Notice>())[0]);
        }

        /// <summary>A message of the corpus about the one letter.</summary>
        public void Arrives(string file, string more = "", string from = "@provider.example", NoticeId? notice = null)
        {
            var text = Encoding.UTF8.GetString(MailAnswerTests.Raw(file, told.LetterId, told.Number, notice ?? told.Id)).Replace("@support.provider.example", from, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(inbox, "new", $"{count++:00000}.mail"), text + more);
        }

        /// <summary>Until nothing is new; the work orders itself again and again.</summary>
        public async Task Read()
        {
            bench.App.Clock.Advance(TimeSpan.FromMinutes(2));
            await bench.Do(TimeSpan.FromSeconds(30), ReadAnswers.WorkKind);
        }

        public async ValueTask DisposeAsync()
        {
            await bench.DisposeAsync();
            Directory.Delete(inbox, recursive: true);
        }
    }
}
