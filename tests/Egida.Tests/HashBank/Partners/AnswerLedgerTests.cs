using Egida.Audit;
using Egida.HashBank;
using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Verbs;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Partners;

public sealed class AnswerLedgerTests
{
    [Theory, OnBothDatabases]
    public async Task Answers_that_come_together_are_counted_each_and_written_in_few_actions(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        var (_, id) = await host.Partner("Provider");
        const int Requests = 60;
        var ledger = host.Services.GetRequiredService<AnswerLedger>();
        var head = await host.Read(db => db.Set<BankHead>().AsNoTracking().SingleAsync());
        AnswerNote Note() => new(id, PartnerClient.Purpose, 2, 0, 1, [record.Value], new Dictionary<int, int> { [record.Value] = 1 }) { Statement = head.Statements, Change = head.Changes };

        // While somebody else has the turn nothing can be written: the first ones are being tried, all others come together.
        List<Task> written = [];
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(NoteAnswers.Kind, Actor.System("test"), "test");
            await action.TakeTurn(CancellationToken.None);
            written.AddRange(Enumerable.Range(0, Requests).Select(_ => ledger.Write(Note(), CancellationToken.None)));
            Assert.DoesNotContain(written, w => w.IsCompleted);
            await action.Leave();
        });
        await Task.WhenAll(written);

        var count = await host.Read(db => db.Set<QueryCount>().SingleAsync());
        Assert.Equal((2L * Requests, 0L, (long)Requests), (count.Asked, count.Refused, count.Known));
        var told = await host.Read(db => db.Set<RecordTold>().SingleAsync());
        Assert.Equal((record, Requests), (told.RecordId, told.Times));
        Assert.InRange(await host.Read(db => db.Set<AuditEntry>().CountAsync(e => e.Action == NoteAnswers.Kind.Name)), 1, 2);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_told()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        using var partner = await host.Partner();
        await host.InScope(async (Egida.Platform.Database.EgidaDb db) => await db.Database.ExecuteSqlRawAsync("ALTER TABLE hash_query_counts RENAME TO gone"));

        using var failed = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(partner, "/api/v1/match", new { purpose = PartnerClient.Purpose, hashes = new[] { PartnerClient.Sha256(1) } });

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("same-bytes", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.InScope(async (Egida.Platform.Database.EgidaDb db) => await db.Database.ExecuteSqlRawAsync("ALTER TABLE gone RENAME TO hash_query_counts"));
        using var answer = await partner.Ask(PartnerClient.Sha256(1));
        Assert.Equal(["same-bytes 0"], PartnerClient.Said(answer));
    }

    [Theory, OnBothDatabases]
    public async Task An_answer_names_the_change_at_which_it_holds_on_every_node(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Known(1);
        using var partner = await host.Partner();
        var folder = Directory.CreateTempSubdirectory("egida-node-").FullName;
        await using var node = ServeVerb.Build(
            [.. host.Settings.Select(s => $"--{s.Key}={(s.Key == "Data:Folder" ? folder : s.Value)}"), $"--Keys:Folder={Path.Combine(host.Folder, "keys")}"],
            builder => builder.Services.AddSingleton<TimeProvider>(host.Clock));
        await node.StartAsync();
        using var there = new HttpClient { BaseAddress = new Uri(node.Urls.Single()), DefaultRequestHeaders = { Authorization = partner.DefaultRequestHeaders.Authorization } };

        using var before = await partner.Ask(PartnerClient.Sha256(1), PartnerClient.Sha256(2));
        using var elsewhere = await there.Ask(PartnerClient.Sha256(1), PartnerClient.Sha256(2));
        await host.Known(2);
        using var after = await there.Ask(PartnerClient.Sha256(2));

        Assert.Equal(before.RootElement.GetRawText(), elsewhere.RootElement.GetRawText());
        Assert.True(after.RootElement.GetProperty("change").GetInt64() > before.RootElement.GetProperty("change").GetInt64());
        Assert.Equal(["same-bytes 0"], PartnerClient.Said(after));
    }
}
