using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Egida.Access;
using Egida.Assessment;
using Egida.Audit;
using Egida.Evidence;
using Egida.Evidence.Sealing;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Matching;
using Egida.Platform.Sandboxing;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Egida.Tests.HashBank.Merging;
using Egida.Tests.Matching;
using Egida.Wellbeing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Sampling;

/// <summary>The second assessor of a record sees its material if it is sealed here, when they ask, and each time is counted.</summary>
public sealed class SecondPictureTests
{
    [Theory, OnBothDatabases]
    public async Task Nothing_is_shown_first_then_it_is_blurred_then_revealed_and_each_showing_is_logged_and_counted(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.SeniorAnalyst);
        var about = await Disputed(host, (await host.Assessed(Bank.Person(11), 1))[0]);
        Assert.Null((await assessor.Get(DisputeDesk.Page(about))).Document.QuerySelector("#material"));
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        var page = await assessor.Get(DisputeDesk.Page(about));
        Assert.Empty(page.Document.QuerySelectorAll("main img"));
        Assert.Equal(0, await host.Read(db => db.Set<Exposure>().CountAsync()));

        var chosen = new Dictionary<string, string> { ["sight"] = "Known", ["label-age"] = "pubescent" };
        var blurred = await assessor.Submit(page, chosen, "form.decide", by: "button[formaction*='/look']");
        await Picture(assessor, blurred, "img.blurred");
        var revealed = await assessor.Submit(blurred, selector: "form.decide", by: "button[formaction*='/reveal']");
        var picture = await Picture(assessor, revealed, "img.revealed");
        var hidden = await assessor.Submit(revealed, selector: "form.decide", by: "button[formaction*='/hide']");

        Assert.Empty(hidden.Document.QuerySelectorAll("main img"));
        Assert.Equal(["pubescent", "Known"], hidden.Document.QuerySelectorAll<IHtmlInputElement>("#decide input:checked").OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => i.Value));
        Assert.Equal([ExposureKind.Blurred, ExposureKind.Revealed], await host.Read(db => db.Set<Exposure>().Where(e => e.Staff == assessor.Staff!.Value).OrderBy(e => e.Kind).Select(e => e.Kind).ToListAsync()));
        Assert.Equal(
            ["assessment.open-disputed", "assessment.show-disputed-blurred", "assessment.open-disputed", "assessment.reveal-disputed"],
            await host.Read(db => db.Set<AuditEntry>().Where(e => e.Subject == about.Id.Subject && e.Action.StartsWith("assessment.")).OrderBy(e => e.Seq).Select(e => e.Action).ToListAsync()));
        Assert.Equal(2, await host.Read(db => db.Set<CustodyEvent>().CountAsync(e => e.Act == CustodyAct.Previewed && e.Purpose == "second assessment")));

        // The pass opens it for seconds, and for nobody else.
        using var other = await host.SignInEnglish(Role.SeniorAnalyst);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(picture)).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.NotFound, (await assessor.Get(picture)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_holds_the_case_may_look_and_not_after_it_is_decided(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var first = await host.SignInEnglish(Role.SeniorAnalyst);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var about = await Disputed(host, (await host.Assessed(first.Staff!.Value, 1))[0]);
        foreach (var client in new[] { first, assessor })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.Get(Blurred(about))).Status);
        }

        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");
        Assert.Equal(HttpStatusCode.OK, (await assessor.Get(Blurred(about))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await first.Get(Blurred(about))).Status);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), DisputeDesk.Seen, "form.decide");
        Assert.Equal(HttpStatusCode.NotFound, (await assessor.Get(Blurred(about))).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_has_been_shown_enough_today_is_shown_no_more(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var about = await Disputed(host, (await host.Assessed(Bank.Person(11), 1))[0]);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");
        var blurred = await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.decide", by: "button[formaction*='/look']");
        var item = await host.Read(db => db.Set<MediaFinding>().Select(f => f.ItemId).FirstAsync());
        await host.Act(with: action =>
        {
            for (var i = 0; i < 40; i++) Exposure.Note(action, assessor.Staff!.Value, item, ExposureKind.Revealed);
        });

        var enough = await assessor.Submit(blurred, selector: "form.decide", by: "button[formaction*='/reveal']");

        Assert.Empty(enough.Document.QuerySelectorAll("main img"));
        Assert.Contains("That is enough for today", enough.Document.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await Picture(assessor, await assessor.Submit(blurred, selector: "form.decide", by: "button[formaction*='/reveal']"), "img.revealed");
    }

    [Theory, OnBothDatabases]
    public async Task What_was_known_when_it_came_is_shown_from_the_sealed_file_and_nothing_more_is_kept(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var picture = Scene.Png(1, 400, 200);
        var record = await host.Know(picture);
        var finding = await host.Recognise(picture);
        Assert.Equal((MediaVerdict.KnownExact, null), (finding.Verdict, finding.SmallPreview));
        var about = await Disputed(host, record);
        var kept = await host.Read(db => db.Set<EvidenceObject>().CountAsync());
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        await Picture(assessor, await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.decide", by: "button[formaction*='/look']"), "img.blurred");

        Assert.Equal(kept, await host.Read(db => db.Set<EvidenceObject>().CountAsync()));
        Assert.Equal(1, await host.Read(db => db.Set<Exposure>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Where_only_hashes_are_here_the_page_says_so(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var about = await Disputed(host, await host.Known(1));
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        var page = await assessor.Get(DisputeDesk.Page(about));

        Assert.Contains("only hashes", page.Document.QuerySelector("#material")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("button[formaction*='/look']"));
        Assert.Equal(HttpStatusCode.NotFound, (await assessor.Get(Blurred(about))).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Material_under_a_number_that_was_merged_into_the_record_is_the_record_s(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var (known, below) = (await host.Known(1), (await host.Assessed(Bank.Person(11), 1, from: 10))[0]);
        await host.Merged(known, below);
        var about = await Disputed(host, known);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        await Picture(assessor, await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.decide", by: "button[formaction*='/look']"), "img.blurred");
    }

    [Theory, OnBothDatabases]
    public async Task What_no_picture_comes_of_was_opened_all_the_same_and_the_assessor_is_told(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var record = await host.Known(1);
        var finding = await host.CapturedAgain(record);
        var about = await Disputed(host, record);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        await CannotBeShown(assessor, about);

        Assert.Equal((1, 0), await Traces(host, finding));
        Assert.Equal(["assessment.open-disputed"], await host.Read(db => db.Set<AuditEntry>().Where(e => e.Subject == about.Id.Subject && e.Action.StartsWith("assessment.")).Select(e => e.Action).ToListAsync()));
        // A machine that can't confine a decoder: the file isn't to blame, but nothing is shown.
        var starved = new MediaSandbox(new SandboxLimits { AddressSpaceBytes = 1 << 20 }, TimeProvider.System);
        var staff = new CurrentStaff(assessor.Staff!.Value, "", new HashSet<Role>());
        Assert.Null(await host.InScope((IServiceProvider services) =>
            ActivatorUtilities.CreateInstance<ShowDisputed>(services, starved).Picture(about.Id, finding, staff, ExposureKind.Blurred, CancellationToken.None)));
        Assert.Equal((2, 0), await Traces(host, finding));
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_opened_is_not_shown_and_the_assessor_is_told(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var record = await host.Known(1);
        var finding = await host.CapturedAgain(record);
        var about = await Disputed(host, record);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");
        var file = Assert.Single(Directory.GetFiles(host.Folder, "*.sealed", SearchOption.AllDirectories));

        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await CannotBeShown(assessor, about);
        }

        await File.AppendAllTextAsync(file, "changed");
        await CannotBeShown(assessor, about);
        Assert.Equal((0, 0), await Traces(host, finding));
    }

    [Theory, OnBothDatabases]
    public async Task The_sealed_file_is_checked_before_anybody_has_to_wait_for_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var record = await host.Known(1);
        var finding = await host.CapturedAgain(record);
        var about = await Disputed(host, record);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");
        await File.AppendAllTextAsync(Assert.Single(Directory.GetFiles(host.Folder, "*.sealed", SearchOption.AllDirectories)), "changed");

        // Somebody else has the turn: the answer doesn't wait for it, because the file was found to be broken before.
        await host.InScope(async (Egida.Platform.Actions.ActionBook actions) =>
        {
            var action = actions.Begin(Sample.Kind, Egida.Platform.Actions.Actor.System("test"), "test");
            await action.TakeTurn(CancellationToken.None);
            var answer = CannotBeShown(assessor, about);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(20)));
            var came = answer.IsCompleted;
            await action.Leave();
            Assert.True(came);
            await answer;
        });
        Assert.Equal((0, 0), await Traces(host, finding));
    }

    [Theory, OnBothDatabases]
    public async Task Material_whose_key_is_destroyed_between_checking_and_opening_stays_closed(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var finding = await host.CapturedAgain(await host.Known(1));

        await host.InScope(async (IServiceProvider services) =>
        {
            var store = services.GetRequiredService<SealedStore>();
            await using var ready = await store.Check(services.GetRequiredService<Egida.Platform.Database.EgidaDb>(), finding.EvidenceId, CancellationToken.None);
            await host.Read(db => db.Set<CaseKey>().ExecuteUpdateAsync(s => s.SetProperty(k => k.DestroyedAt, host.Clock.Now)));
            var action = services.GetRequiredService<Egida.Platform.Actions.ActionBook>().Begin(ShowDisputed.OpenKind, Egida.Platform.Actions.Actor.System("test"), "test");
            await action.TakeTurn(CancellationToken.None);
            await Assert.ThrowsAsync<SealBrokenException>(() => store.Open(action, ready, "test", CancellationToken.None));
            await action.Leave();
        });

        Assert.Equal((0, 0), await Traces(host, finding));
    }

    [Theory, OnBothDatabases]
    public async Task Who_looks_several_times_at_once_takes_a_place_in_the_chain_each_time(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var picture = Scene.Png(1, 400, 200);
        var record = await host.Know(picture);
        var finding = await host.Recognise(picture);
        var about = await Disputed(host, record);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => assessor.Http.GetAsync(Blurred(about))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal((3, 3), await Traces(host, finding));
    }

    private static async Task CannotBeShown(TestClient assessor, DisputeCase about)
    {
        var answer = await assessor.Http.GetAsync(Blurred(about));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("can't be shown at present", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>How often it was opened to be shown, and how often somebody was shown anything.</summary>
    private static Task<(int Opened, int Shown)> Traces(EgidaHost host, MediaFinding finding) => host.Read(async db => (
        await db.Set<CustodyEvent>().CountAsync(e => e.EvidenceId == finding.EvidenceId && e.Act == CustodyAct.Previewed), await db.Set<Exposure>().CountAsync()));

    private static async Task<string> Picture(TestClient client, HtmlAnswer page, string selector)
    {
        var source = Assert.Single(page.Document.QuerySelectorAll<IHtmlImageElement>($"main {selector}")).GetAttribute("src")!;
        var answer = await client.Http.GetAsync(source);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return source;
    }

    private static string Blurred(DisputeCase about) => $"/staff/assessment/disputes/{about.Id}/blurred";

    private static async Task<DisputeCase> Disputed(EgidaHost host, HashRecordId record)
    {
        var (partner, _) = await host.Partner();
        using (partner)
        {
            await partner.Dispute(record);
        }

        return await host.Case();
    }
}
