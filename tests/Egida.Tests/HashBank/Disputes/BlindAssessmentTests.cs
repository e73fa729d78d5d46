using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>The second assessor knows nothing of the first, and what follows is what the two differ in.</summary>
public sealed class BlindAssessmentTests
{
    [Theory, OnBothDatabases]
    public async Task Whoever_may_still_assess_sees_nothing_of_what_others_said_on_no_page_of_the_record(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var proposer = await host.SignInEnglish(Role.SeniorAnalyst);
        using var assessor = await host.SignInEnglish(Role.SeniorAnalyst, Role.Quality);
        using var auditor = await host.SignInEnglish(Role.Auditor);
        var record = await Recorded(host, proposer);
        var before = await assessor.Get($"/staff/hash-bank/{record}");
        Assert.Contains("code-1", before.Text, StringComparison.Ordinal);
        var about = await Disputed(host, record);

        foreach (var held in new[] { false, true })
        {
            Assert.Equal(DisputeDesk.Page(about), (await assessor.Get($"/staff/hash-bank/{record}")).Location?.ToString());
            foreach (var act in new[] { "dispute", "confirm", "withdraw", "collision-prone" })
            {
                var token = (await assessor.Get("/staff/hash-bank/negative-list")).Document.QuerySelector("main form input[type=hidden]")!;
                var answer = await assessor.Post($"/staff/hash-bank/{record}/{act}", new Dictionary<string, string> { [token.GetAttribute("name")!] = token.GetAttribute("value")!, ["doubt"] = "x", ["reason"] = "x", ["collides"] = "x" });
                Assert.Equal(DisputeDesk.Page(about), answer.Location?.ToString());
            }

            var page = await assessor.Get(DisputeDesk.Page(about));
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotContain("code-1", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(await NameOf(host, proposer), page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("Illegal", page.Text, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector($"main a[href='/staff/hash-bank/{record}']"));
            Assert.Contains("a landscape with mountains", page.Text, StringComparison.Ordinal);
            if (!held)
            {
                await assessor.Submit(page, selector: "form.take");
            }
        }

        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        // Who can't become the assessor isn't kept from it.
        Assert.Equal(HttpStatusCode.OK, (await auditor.Get($"/staff/hash-bank/{record}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await proposer.Get($"/staff/hash-bank/{record}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_who_had_a_part_in_the_first_decisions_or_entered_the_dispute_decides_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var proposer = await host.SignInEnglish(Role.SeniorAnalyst);
        using var clerk = await host.SignInEnglish(Role.Quality);
        var record = await Recorded(host, proposer);
        var form = await clerk.Get($"/staff/hash-bank/disputes/new?record={record}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.Submit(form, new Dictionary<string, string> { ["mail"] = "no address" })).Status);
        var entered = await clerk.Submit(form, new Dictionary<string, string> { ["from"] = "Hotline of another country", ["why"] = "WrongClassification", ["text"] = "we see it differently", ["urgent"] = "yes" });
        var about = await host.Case();
        Assert.Equal((DisputeDesk.Page(about), DisputeParty.Elsewhere, true), (entered.Location!.ToString(), about.Party, about.IsUrgent));

        foreach (var client in new[] { proposer, clerk })
        {
            var page = await client.Get(DisputeDesk.Page(about));
            Assert.Null(page.Document.QuerySelector("form.take"));
            var token = (await client.Get("/staff/hash-bank/negative-list")).Document.QuerySelector("main form input[type=hidden]")!;
            Assert.Equal(HttpStatusCode.Forbidden, (await client.Post($"{DisputeDesk.Page(about)}/take", new Dictionary<string, string> { [token.GetAttribute("name")!] = token.GetAttribute("value")! })).Status);
            var decided = new Dictionary<string, string>(DisputeDesk.Seen) { [token.GetAttribute("name")!] = token.GetAttribute("value")! };
            Assert.Equal(HttpStatusCode.Forbidden, (await client.Post($"{DisputeDesk.Page(about)}/decide", decided)).Status);
        }

        Assert.Equal(DisputeState.Open, (await host.Case()).State);
    }

    [Theory]
    [OnBothDatabases("Known", "rank-1", DisputeVerdict.Corrected, HashRecordState.Proposed, false)]
    [OnBothDatabases("Harmless", "", DisputeVerdict.NegativeList, HashRecordState.Proposed, true)]
    [OnBothDatabases("Unfounded", "", DisputeVerdict.Withdrawn, HashRecordState.Withdrawn, false)]
    public async Task What_the_second_assessor_sees_differently_takes_the_record_out_at_once(
        DatabaseKind database, string sight, string content, DisputeVerdict verdict, HashRecordState state, bool isBenign)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var second = await host.SignInEnglish(Role.SeniorAnalyst);
        var record = await host.Known(1, outcomes: """{"PL":"not-illegal"}""");
        var about = await Disputed(host, record);

        var done = await assessor.Assess(about, new Dictionary<string, string>(DisputeDesk.Seen) { ["sight"] = sight, ["label-content"] = content.Length > 0 ? content : "rank-2" });

        Assert.Equal(DisputeDesk.Page(about), done.Location?.ToString());
        about = await host.Case();
        Assert.Equal((verdict, DisputeState.Decided, assessor.Staff), (about.Verdict, about.State, about.DecidedBy));
        var after = await host.Get(record);
        Assert.Equal((state, isBenign), (after.State, after.IsBenign));
        Assert.Contains("looked again", (await assessor.Get($"/staff/hash-bank/{record}")).Text, StringComparison.Ordinal);
        if (state == HashRecordState.Proposed)
        {
            await second.Submit(await second.Get($"/staff/hash-bank/{record}"), selector: "form.confirm");
            Assert.Equal((HashRecordState.Confirmed, isBenign), ((await host.Get(record)).State, (await host.Get(record)).IsBenign));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Who_sees_the_same_leaves_the_record_as_it_is_and_the_form_says_what_is_missing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var assessor = await host.SignInEnglish(Role.Quality);
        var record = await host.Known(1);
        var about = await Disputed(host, record);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), selector: "form.take");

        var back = await assessor.Submit(await assessor.Get(DisputeDesk.Page(about)), new Dictionary<string, string> { ["sight"] = "Known", ["label-content"] = "rank-1" }, "form.decide");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        Assert.NotNull(back.Document.QuerySelector("input[name=label-content][value=rank-1][checked]"));
        Assert.Equal(3, back.Document.QuerySelectorAll(".error-summary a").Length);
        await assessor.Submit(back, DisputeDesk.Seen, "form.decide");

        Assert.Equal(DisputeVerdict.Stands, (await host.Case()).Verdict);
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
        Assert.Equal(HttpStatusCode.OK, (await assessor.Get($"/staff/hash-bank/{record}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_case_that_is_taken_is_free_again_when_it_is_given_back_or_its_time_is_over(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var first = await host.SignInEnglish(Role.Quality);
        using var other = await host.SignInEnglish(Role.SeniorAnalyst);
        var about = await Disputed(host, await host.Known(1));
        await first.Submit(await first.Get(DisputeDesk.Page(about)), selector: "form.take");
        Assert.Null((await other.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));
        await first.Submit(await first.Get(DisputeDesk.Page(about)), selector: "form.back");
        Assert.NotNull((await other.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.take"));

        await first.Submit(await first.Get(DisputeDesk.Page(about)), selector: "form.take");
        host.Clock.Advance(TimeSpan.FromHours(25));
        await other.Submit(await other.Get(DisputeDesk.Page(about)), selector: "form.take");

        Assert.Equal(other.Staff, (await host.Case()).Assessor);
        Assert.NotNull((await other.Get(DisputeDesk.Page(about))).Document.QuerySelector("form.decide"));
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_that_runs_out_is_a_duty_and_shows(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var staff = await host.SignInEnglish(Role.Quality);
        var about = await Disputed(host, await host.Known(1));
        Assert.Contains("Disputes that wait: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Overdue", (await staff.Get(DisputeDesk.Page(about))).Text, StringComparison.Ordinal);

        host.Clock.Advance(TimeSpan.FromHours(49));

        Assert.Contains("Overdue disputes: 1", (await staff.Get("/staff")).Text, StringComparison.Ordinal);
        Assert.Contains("Overdue", (await staff.Get("/staff/hash-bank/disputes?state=Open")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Agreeing_is_having_the_same_labels_or_across_schemes_no_outcome_that_differs()
    {
        Assert.True(DecideDispute.Agrees(Of("EGIDA/2", """{"a":["1","2"],"b":["3"]}"""), Of("EGIDA/1", """{"b":["3"],"a":["2","1"]}""")));
        Assert.False(DecideDispute.Agrees(Of("EGIDA/2", """{"a":["1"]}"""), Of("EGIDA/2", """{"a":["1"],"b":["3"]}""")));
        Assert.True(DecideDispute.Agrees(Of("EGIDA/2", "{}", """{"PL":"illegal","INTERPOL":"1"}"""), Of("vics-2.0/US", "{}", """{"PL":"illegal","US":"1"}""")));
        Assert.False(DecideDispute.Agrees(Of("EGIDA/2", "{}", """{"PL":"not-illegal"}"""), Of("vics-2.0/US", "{}", """{"PL":"illegal"}""")));

        static Classification Of(string scheme, string labels, string outcomes = "{}") => Classification.Of(scheme, labels, outcomes);
    }

    private static async Task<HashRecordId> Recorded(EgidaHost host, TestClient proposer)
    {
        var record = (await host.InScope((IServiceProvider services) => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<ProposeHashRecord>(services).Handle(
            Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Egida.Platform.Actions.ActionBook>(services),
            new(proposer.Staff!.Value, null, null, Bank.Labels, Bank.HashesOf(1)) { Outcomes = """{"PL":"illegal"}""" }, CancellationToken.None)))!.Value;
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(2), CancellationToken.None));
        return record;
    }

    private static async Task<DisputeCase> Disputed(EgidaHost host, HashRecordId record)
    {
        var (partner, _) = await host.Partner();
        using (partner)
        {
            await partner.Dispute(record);
        }

        return await host.Case();
    }

    private static Task<string> NameOf(EgidaHost host, TestClient client) =>
        host.Read(db => db.Set<StaffMember>().Where(s => s.Id == client.Staff!.Value.Value).Select(s => s.DisplayName).SingleAsync());
}
