using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Tests.Access;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

public sealed class CaptureAgainTests
{
    [Theory, OnBothDatabases]
    public async Task What_could_not_be_captured_waits_for_a_person_who_has_it_captured_again(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await NotCaptured(bench);
        Assert.Equal(PersonNeeded.CaptureFailed, (await bench.Item(id)).PersonNeeded);
        await bench.App.RunOnly(EnqueueItem.Work);
        Assert.False(await bench.App.Read(db => db.Set<QueueEntry>().AnyAsync()));
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{id}");
        Assert.Contains("Nobody has seen this page yet", page.Document.QuerySelector("main .next")!.TextContent, StringComparison.Ordinal);

        bench.World.Sites.Find("galeria.example")!.Reachable = true;
        var answer = await analyst.Submit(page, selector: "main .next form");

        Assert.Equal($"/staff/items/{id}#evidence", answer.Location?.ToString());
        Assert.Equal($"staff:{analyst.Staff}", Assert.Single(await bench.App.Logged("evidence.capture-again")).Actor);
        Assert.Contains("Another capture is ordered", (await analyst.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
        await bench.Capture();
        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
        Assert.Null((await bench.Item(id)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_sealed_is_not_captured_again(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Capture();
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{id}");
        Assert.Empty(page.Document.QuerySelectorAll("form[action$='/evidence/" + id + "/again']"));
        var token = page.Document.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

        var answer = await analyst.Post($"/staff/evidence/{id}/again", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Empty(await bench.App.Logged("evidence.capture-again"));
    }

    [Theory, OnBothDatabases]
    public async Task Who_is_in_contact_with_a_child_comes_first_among_what_waits_for_a_person(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await NotCaptured(bench);
        await bench.App.InScope(async (EgidaDb db) =>
        {
            db.Add(new Report
            {
                Id = Id.New<ReportId>(bench.App.Clock),
                ItemId = id,
                FiledAt = bench.App.Clock.Now,
                Channel = IntakeChannel.WebForm,
                Concern = ReportedConcern.ContactWithChild,
                Language = "pl",
                AsTyped = new ReportedAddress(bench.World.WalkPage),
                ReceiptHash = new byte[32],
            });
            await db.SaveChangesAsync();
        });
        using var senior = await bench.App.SignInEnglish(Role.SeniorAnalyst);

        var row = (await senior.Get("/staff/triage")).Document.QuerySelector("#person tbody tr")!;

        Assert.Contains("contact with a child", row.TextContent, StringComparison.Ordinal);
    }

    private static async Task<ItemId> NotCaptured(CaptureBench bench)
    {
        var id = await bench.Report(bench.World.WalkPage);
        bench.World.Sites.Find("galeria.example")!.Reachable = false;
        for (var i = 0; i < 3; i++)
        {
            await bench.Capture();
            bench.App.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        return id;
    }
}
