using System.Net;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class StaffChangeTests
{
    [Fact]
    public void No_sequence_of_decisions_makes_a_change_effective_without_a_second_person_whom_it_does_not_concern()
    {
        var people = Enumerable.Range(1, 4).Select(n => new StaffId(new Guid(n, 0, 0, new byte[8]))).ToArray();
        var person = Gen.Elements(people);
        var step = from decider in person from approve in Gen.Elements(true, false) select (decider, approve);
        var story = from proposer in person from subject in person from steps in step.ListOf() select (proposer, subject, steps);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(story.ToArbitrary(), s =>
        {
            var change = Proposed(s.proposer, s.subject);
            foreach (var (decider, approve) in s.steps)
            {
                if (DecideStaffChange.Decide(change, decider, approve) is DecideStaffChange.Outcome.Decided decided)
                {
                    (change.State, change.DecidedBy) = (decided.State, decider);
                }
            }

            var independent = s.steps.Where(d => d.decider != s.proposer && d.decider != s.subject).ToList();
            return (change.State == StaffChangeState.Effective) == (independent.Count > 0 && independent[0].approve)
                && (change.State == StaffChangeState.Proposed || (change.DecidedBy != change.ProposedBy && change.DecidedBy != change.Subject));
        }));
    }

    [Theory, OnBothDatabases]
    public async Task A_role_works_when_a_second_person_agrees_and_not_before(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var subject = await host.AddStaff(Role.Analyst);
        using var client = host.SignIn(subject);
        using var one = await host.SignIn(Role.Operator);
        using var two = await host.SignIn(Role.Operator);
        await Propose(one, subject, StaffChangeKind.GiveRole, "because the desk grows");
        var id = (await host.Read(db => db.Set<StaffChange>().SingleAsync())).Id;

        Assert.Equal(HttpStatusCode.Forbidden, (await client.Get("/staff/access")).Status);
        Assert.Empty((await one.Get("/staff/access")).Document.QuerySelectorAll($"form[action$='{id}']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(one, id)).Status);

        Assert.Equal("/staff/access", (await Approve(two, id)).Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/staff/access")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(two, id)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_agrees_to_a_change_of_their_own_rights(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var subject = await host.AddStaff(Role.Operator);
        using var client = host.SignIn(subject);
        using var one = await host.SignIn(Role.Operator);
        await Propose(one, subject, StaffChangeKind.GiveRole, "they asked for it");
        var id = (await host.Read(db => db.Set<StaffChange>().SingleAsync())).Id;

        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(client, id)).Status);
        Assert.Equal(StaffChangeState.Proposed, (await host.Read(db => db.Set<StaffChange>().SingleAsync())).State);
    }

    [Theory, OnBothDatabases]
    public async Task A_disabled_person_is_out_at_the_next_request(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var subject = await host.AddStaff(Role.Analyst);
        using var client = host.SignIn(subject);
        using var one = await host.SignIn(Role.Operator);
        using var two = await host.SignIn(Role.Auditor);
        await Propose(one, subject, StaffChangeKind.Disable, "left the desk");
        await Approve(two, (await host.Read(db => db.Set<StaffChange>().SingleAsync())).Id);

        Assert.Equal("/staff/sign-in", (await client.Get("/staff")).Location?.AbsolutePath);
    }

    [Theory, OnBothDatabases]
    public async Task A_proposal_without_a_reason_comes_back(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var one = await host.SignIn(Role.Operator);
        var answer = await Propose(one, one.Staff!.Value, StaffChangeKind.Disable, " ");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.False(await host.Read(db => db.Set<StaffChange>().AnyAsync()));
    }

    private static StaffChange Proposed(StaffId proposer, StaffId subject) => new()
    {
        Id = new StaffChangeId(Guid.CreateVersion7()),
        Subject = subject,
        Kind = StaffChangeKind.GiveRole,
        Role = Role.Auditor,
        ProposedBy = proposer,
        ProposedAt = new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc),
        Reason = "a reason",
    };

    private static async Task<HtmlAnswer> Propose(TestClient client, StaffId subject, StaffChangeKind kind, string reason) =>
        await client.Submit(
            await client.Get("/staff/access"),
            new Dictionary<string, string> { ["subject"] = subject.ToString(), ["change"] = kind.ToString(), ["role"] = nameof(Role.Auditor), ["reason"] = reason },
            "form[action='/staff/access/changes']");

    /// <summary>As somebody would who writes the request by hand: the token is of another form of the same person.</summary>
    private static async Task<HtmlAnswer> Approve(TestClient client, StaffChangeId id)
    {
        var page = await client.Get("/staff/me");
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await client.Post($"/staff/access/changes/{id}", new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["decision"] = "approve" });
    }
}
