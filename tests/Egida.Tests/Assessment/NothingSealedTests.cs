using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Egida.Access;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Assessment;

public sealed class NothingSealedTests
{
    [Theory, OnBothDatabases]
    public async Task What_nobody_ever_saw_cannot_be_read_as_nothing_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.WaitingUnseen();
        using var reader = await host.SignInEnglish(Role.Analyst);
        await reader.Submit(await reader.Get($"/staff/items/{item}"), selector: "main .next form");

        var desk = await reader.Get($"/staff/assessment/{item}");
        Assert.Contains("Nobody knows what is there, so nobody can say that nothing is.", desk.Text, StringComparison.Ordinal);
        Assert.Empty(desk.Document.QuerySelectorAll("[value=nothing-found]"));
        var token = desk.Document.QuerySelector<IHtmlInputElement>("main input[name=__RequestVerificationToken]")!.Value;
        var answer = await reader.Post($"/staff/assessment/{item}", new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["page-page"] = "nothing-found" });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.False(await host.Read(db => db.Set<Reading>().AnyAsync()));
        Assert.Null((await host.Item(item)).ClosedAt);
    }

    [Theory, OnBothDatabases]
    public async Task The_use_case_refuses_it_too(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.WaitingUnseen();
        using var reader = await host.SignInEnglish(Role.Analyst);
        await reader.Submit(await reader.Get($"/staff/items/{item}"), selector: "main .next form");
        var page = new LabelSet(new Dictionary<string, IReadOnlyList<string>> { ["page"] = ["nothing-found"] });

        var why = await host.InScope((RecordAssessment record) =>
            record.Handle(item, new CurrentStaff(reader.Staff!.Value, "reader", new HashSet<Role> { Role.Analyst }), new RecordAssessment.Input(page, new Dictionary<EvidenceId, LabelSet>()), CancellationToken.None));

        Assert.Equal("nothing-sealed", why);
    }

    [Theory, OnBothDatabases]
    public async Task A_page_without_pictures_that_was_captured_can_be_read_as_nothing_there(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (item, _) = await host.Waiting(squares: 0);
        foreach (var role in new[] { Role.Analyst, Role.SeniorAnalyst })
        {
            using var reader = await host.SignInEnglish(role);
            await reader.Submit(await reader.Get($"/staff/items/{item}"), selector: "main .next form");
            await reader.Submit(await reader.Get($"/staff/assessment/{item}"), new Dictionary<string, string> { ["page-page"] = "nothing-found" }, "#labels");
        }

        Assert.Equal(ItemClosure.NothingThere, (await host.Item(item)).Closure);
    }
}
