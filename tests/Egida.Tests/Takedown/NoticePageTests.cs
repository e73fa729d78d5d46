using System.Net;
using System.Text.RegularExpressions;
using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Takedown;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Takedown;

/// <summary>The provider's side of a letter.</summary>
public sealed partial class NoticePageTests
{
    private const string Abuse = "abuse@hosting-pl.example";
    private static readonly string[] Ways = ["police.build-package", "police.stamp-package", "police.send-mail", SendNotice.WorkKind, SendNoticeLetter.WorkKind];
    private static readonly Dictionary<string, string> WithPage = new() { ["Takedown:PageUrl"] = "https://hotline.example", ["Takedown:GroupFor"] = "01:00:00" };

    [Theory, OnBothDatabases]
    public async Task The_link_in_the_letter_opens_exactly_the_letters_addresses_and_opening_changes_nothing(DatabaseKind database)
    {
        await using var bench = await Told(database, items: 2);
        // Of the same provider, for a later letter.
        var later = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        using var provider = bench.App.Anonymous();
        var before = (await bench.All<EventEntry>()).Count;
        foreach (var (language, word) in new[] { ("pl", "Zgłoszenie dla dostawcy"), ("en", "Notice to a hosting provider"), ("uk", "Повідомлення провайдеру") })
        {
            var page = await provider.Get(await Link(bench, language));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(word, page.Text);
            Assert.Equal(2, page.Document.QuerySelectorAll("section.place").Length);
            Assert.Equal(2, Regex.Count(page.Text, Regex.Escape(bench.World.WalkPage)));
            Assert.DoesNotContain((await bench.All<Notice>()).Single(n => n.ItemId == later).Number, page.Text);
            Assert.Empty(page.Document.QuerySelectorAll("script"));
            Assert.DoesNotContain(page.Document.QuerySelectorAll("a"), a => a.GetAttribute("href")!.Contains("galeria", StringComparison.Ordinal));
        }

        Assert.Equal(before, (await bench.All<EventEntry>()).Count);
        Assert.Equal(0, provider.CookieCount);
    }

    [Theory, OnBothDatabases]
    public async Task A_claim_that_it_is_gone_makes_a_look_due_and_closes_nothing(DatabaseKind database)
    {
        await using var bench = await Told(database);
        var item = Assert.Single(await bench.All<Notice>()).ItemId;
        using var provider = bench.App.Anonymous();
        var page = await provider.Get(await Link(bench));
        var answer = await provider.Submit(page, new Dictionary<string, string> { ["answer"] = "Removed" });
        var after = await provider.Follow(answer);
        Assert.Contains("we have your answer", after.Text);
        Assert.Contains("Removed", after.Document.QuerySelector("section.place")!.TextContent);
        Assert.Null((await bench.Item(item)).Closure);
        Assert.Single(await bench.Events(item), "NoticeAnswered");

        await bench.Do(TimeSpan.FromMinutes(1), CheckStillThere.WorkKind);
        Assert.Equal((1, Sighting.Present), Assert.Single(await bench.All<FollowUp>()) is var f ? (f.Checks, f.LastSighting) : default);
        Assert.NotNull(Assert.Single(await bench.All<NoticeAnswer>()).RefutedAt);
        Assert.Contains("ClaimRefuted", await bench.Events(item));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_still_there_after_the_claim_is_notified_again_with_that_said(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        await provider.Submit(await provider.Get(await Link(bench)), new Dictionary<string, string> { ["answer"] = "Disabled" });
        await bench.Do(TimeSpan.FromHours(1.1), [.. Ways, CheckStillThere.WorkKind]);

        var mails = bench.World.Mail.Inbox(Abuse);
        Assert.Equal(2, mails.Count);
        Assert.Contains("you answered that it is gone", mails[1].Parse().Parts[0].Text);
        Assert.DoesNotContain("you answered", mails[0].Parse().Parts[0].Text);
        Assert.Contains("it is still there", (await provider.Get(await Link(bench))).Text);
        Assert.Equal([0, 1], (await bench.All<Notice>()).OrderBy(n => n.Ordinal).Select(n => n.Reminder));
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        Assert.Contains("not so, it is still there", (await analyst.Get($"/staff/items/{(await bench.All<Notice>())[0].ItemId}")).Text);
    }

    [Theory, OnBothDatabases]
    public async Task A_true_claim_is_confirmed_by_three_looks_as_ever(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        foreach (var path in bench.World.Sites.Find("galeria.example")!.Resources.Keys.ToList())
        {
            bench.World.Provider.Remove("http://galeria.example" + path);
        }

        await provider.Submit(await provider.Get(await Link(bench)), new Dictionary<string, string> { ["answer"] = "Removed" });
        await bench.Do(TimeSpan.FromHours(12), CheckStillThere.WorkKind);
        Assert.Equal(ItemClosure.Removed, (await bench.Item(Assert.Single(await bench.All<Notice>()).ItemId)).Closure);
        Assert.Null(Assert.Single(await bench.All<NoticeAnswer>()).RefutedAt);
        Assert.Contains("Gone since", (await provider.Get(await Link(bench))).Text);
    }

    [Theory]
    [OnBothDatabases("NotOurs", "")]
    [OnBothDatabases("Rejected", "It is a <b>landscape</b>.")]
    public async Task What_a_person_must_judge_goes_to_a_person_with_the_providers_words(DatabaseKind database, string kind, string words)
    {
        await using var bench = await Told(database);
        var item = Assert.Single(await bench.All<Notice>()).ItemId;
        using var provider = bench.App.Anonymous();
        await provider.Submit(await provider.Get(await Link(bench)), new Dictionary<string, string> { ["answer"] = kind, ["words"] = words });
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(item)).PersonNeeded);
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        Assert.Contains(words, (await analyst.Get($"/staff/items/{item}")).Text);
    }

    [Theory, OnBothDatabases]
    public async Task Disputing_the_assessment_opens_the_banks_dispute_about_the_known_file_once(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        await provider.Submit(await provider.Get(await Link(bench)), new Dictionary<string, string> { ["answer"] = "Disputed", ["words"] = "mountains and a lake" });
        await bench.Do(OpenDispute.WorkKind);
        var filings = await bench.All<DisputeFiling>();
        Assert.All(filings, f => Assert.Contains("mountains and a lake", f.Text));
        await bench.App.Read(async db =>
        {
            var answer = Assert.Single(await bench.All<NoticeAnswer>());
            await bench.App.InScope((OpenDispute open) => open.Run(new Egida.Platform.Work.WorkItem
            {
                Id = Guid.CreateVersion7(),
                Kind = OpenDispute.WorkKind,
                SubjectId = answer.Id.Value,
                Key = "",
                CreatedAt = bench.App.Clock.Now,
                DueAt = bench.App.Clock.Now,
            }, CancellationToken.None));
            return 0;
        });
        Assert.Equal(filings.Count, (await bench.All<DisputeFiling>()).Count);
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(Assert.Single(await bench.All<Notice>()).ItemId)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task A_statement_of_reasons_is_kept_whole_or_asked_for_whole(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        var page = await provider.Get(await Link(bench));
        var half = await provider.Submit(page, new Dictionary<string, string> { ["answer"] = "Removed", ["restriction"] = "The picture was removed" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, half.Status);
        Assert.Equal(["#facts", "#ground", "#redress"], half.Document.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.Empty(await bench.All<NoticeAnswer>());
        var whole = new Dictionary<string, string> { ["facts"] = "your notice", ["ground"] = "our terms, 4", ["redress"] = "appeals@hosting-pl.example", ["automated"] = "no" };
        Assert.Equal(HttpStatusCode.Redirect, (await provider.Submit(half, whole)).Status);
        Assert.Equal(
            new StatementOfReasons("The picture was removed", "", "your notice", "no", "our terms, 4", "appeals@hosting-pl.example"), Assert.Single(await bench.All<NoticeAnswer>()).Statement);
    }

    [Theory, OnBothDatabases]
    public async Task A_form_sent_twice_is_one_answer_and_only_the_letters_own_numbers_are_taken(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        var page = await provider.Get(await Link(bench));
        var fields = new Dictionary<string, string> { ["answer"] = "NotFound" };
        await provider.Submit(page, fields);
        await provider.Submit(page, fields);
        Assert.Single(await bench.All<NoticeAnswer>());
        var other = await provider.Submit(await provider.Get(await Link(bench)), new Dictionary<string, string> { ["answer"] = "Removed", ["number"] = "EG-N-2026-000099" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Single(await bench.All<NoticeAnswer>());
    }

    [Theory, OnBothDatabases]
    public async Task Answers_without_end_are_counted_and_a_page_knocked_on_without_end_asks_to_wait(DatabaseKind database)
    {
        await using var bench = await Told(database);
        var notice = Assert.Single(await bench.All<Notice>());
        for (var i = 0; i < AnswerNotice.MostAnswers + 5; i++)
        {
            await bench.App.InScope((AnswerNotice answers) => answers.Handle(
                notice.Id, new AnswerNotice.Answer(NoticeAnswerChannel.Page, NoticeAnswerKind.Removed, null, null, System.Security.Cryptography.SHA256.HashData([(byte)i])), CancellationToken.None));
        }

        var kept = await bench.All<NoticeAnswer>();
        Assert.Equal((AnswerNotice.MostAnswers, AnswerNotice.MostAnswers + 5), (kept.Count, kept.Sum(a => a.Times)));
        // One look, however often it is claimed.
        Assert.Single(await bench.Open(CheckStillThere.WorkKind), w => w.Key.Contains("claimed", StringComparison.Ordinal));

        using var provider = bench.App.Anonymous();
        var link = await Link(bench);
        for (var i = 0; i < AnswerRates.Most; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await provider.Get(link)).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await provider.Get(link)).Status);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, (await provider.Get(link)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_link_ends_and_one_that_was_changed_opens_nothing(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        var link = await Link(bench);
        for (var at = "/en/notice/".Length; at < link.Length - 1; at += 7)
        {
            var changed = link[..at] + (link[at] == 'A' ? 'B' : 'A') + link[(at + 1)..];
            Assert.Equal(HttpStatusCode.NotFound, (await provider.Get(changed)).Status);
        }

        bench.App.Clock.Advance(TimeSpan.FromDays(31));
        var late = await provider.Get(link);
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Contains("This link has expired", late.Text);
        Assert.DoesNotContain("galeria", late.Html);
    }

    [Theory, OnBothDatabases]
    public async Task A_wish_for_another_channel_is_shown_to_the_staff_and_changes_no_recipient(DatabaseKind database)
    {
        await using var bench = await Told(database);
        using var provider = bench.App.Anonymous();
        var page = await provider.Get(await Link(bench));
        var empty = await provider.Submit(page, new Dictionary<string, string> { ["channel"] = "OtherMail" }, "form[action$='/channel']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        var sent = await provider.Submit(empty, new Dictionary<string, string> { ["channel"] = "OtherMail", ["detail"] = "thief@elsewhere.example" }, "form[action$='/channel']");
        Assert.Contains("Until it is confirmed we go on as before", (await provider.Follow(sent)).Text);
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var desk = await analyst.Get("/staff/takedown");
        Assert.Contains("thief@elsewhere.example", desk.Text);
        Assert.Contains("Change the contact only after", desk.Text);
        Assert.All(await bench.All<Notice>(), n => Assert.Equal(Abuse, n.Recipient));
    }

    private static async Task<WaysOutBench> Told(DatabaseKind database, int items = 1)
    {
        var bench = await WaysOutBench.Start(database, more: WithPage);
        for (var i = 0; i < items; i++)
        {
            await bench.Routed(bench.World.WalkPage);
        }

        await bench.Do(TimeSpan.FromHours(1.1), Ways);
        return bench;
    }

    private static Task<string> Link(WaysOutBench bench, string language = "en")
    {
        var text = bench.World.Mail.Inbox(Abuse)[0].Parse().Parts[0].Text;
        return Task.FromResult($"/{language}/notice/{Token().Match(text).Groups[1].Value}");
    }

    [GeneratedRegex("https://hotline\\.example/en/notice/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
