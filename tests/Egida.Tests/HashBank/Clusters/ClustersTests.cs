using System.Net;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Clusters;
using Egida.HashBank.Index;
using Egida.HashBank.Merging;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;
using Egida.Tests.HashBank.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Clusters;

public sealed class ClustersTests
{
    [Theory, OnBothDatabases]
    public async Task Records_that_come_and_go_and_are_merged_and_separated_are_always_grouped_as_from_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var random = new Random(20_261_126);
        List<HashRecordId> records = [];
        List<HashMergeId> merges = [];
        for (var act = 0; act < 90; act++)
        {
            switch (records.Count < 6 ? 0 : random.Next(7))
            {
                case 0 or 1 or 2:
                    records.Add(await host.Record(act, Clustering.Looking(act, Bank.Near(1000 + random.Next(3), random.Next(28)))));
                    break;
                case 3:
                    await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(Any(), Bank.Person(3), "a mistake", CancellationToken.None));
                    break;
                case 4:
                    await host.InScope((MarkCollisionProne mark) => mark.Handle(Any(), Bank.Person(3), "a grid", CancellationToken.None));
                    break;
                case 5 when await host.TryMerge(Any(), Any()) is MergeRecords.Outcome.Made made:
                    await host.ConfirmMerge(made.Merge);
                    merges.Add(made.Merge);
                    break;
                default:
                    if (merges.Count > 0) await host.UndoMerge(merges[random.Next(merges.Count)]);
                    break;
            }

            // Sometimes at once, sometimes many together; sometimes by a process that has just begun.
            if (random.Next(3) == 0) await host.FollowClusters(random.Next(4) == 0 ? Begun(host) : null);
        }

        await host.FollowClusters();

        var members = await host.KeptMembers();
        Assert.Equal(await host.ExpectedMembers(), members);
        Assert.NotEmpty(members);
        Assert.Equal(members.Values.GroupBy(m => m.Item1).OrderBy(g => g.Key).Select(g => (g.Key, g.Count() + 1)), (await host.KeptClusters()).Select(c => (c.Representative.Value, c.Records)));

        HashRecordId Any() => records[random.Next(records.Count)];
    }

    [Theory, OnBothDatabases]
    public async Task Flat_colliding_withdrawn_and_far_looks_belong_to_nobody(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var first = await host.Record(1, Clustering.Looking(1, Bank.Near(50, 0)));
        var near = await host.Record(2, Clustering.Looking(2, Bank.Near(50, 15)));
        await host.Record(3, Clustering.Looking(3, Bank.Near(50, 16)));
        var collides = await host.Record(4, Clustering.Looking(4, Bank.Near(50, 1)));
        await host.Record(5, [Bank.HashesOf(5)[2], (HashKind.Pdq, Bank.Near(50, 2).ToString(), 30)]);
        var gone = await host.Record(6, Clustering.Looking(6, Bank.Near(50, 3)));
        await host.FollowClusters();
        Assert.Equal(4, Assert.Single(await host.KeptClusters()).Records);

        await host.InScope((MarkCollisionProne mark) => mark.Handle(collides, Bank.Person(3), "a grid", CancellationToken.None));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(gone, Bank.Person(3), "a mistake", CancellationToken.None));
        await host.FollowClusters();

        Assert.Equal((near.Value, (first.Value, 15)), (Assert.Single(await host.KeptMembers()).Key, Assert.Single(await host.KeptMembers()).Value));
    }

    [Theory, OnBothDatabases]
    public async Task The_page_shows_what_contradicts_itself_first_and_leads_to_its_records_and_back(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var quiet = await host.Known(1, Clustering.Looking(1, Bank.Near(50, 0)));
        await host.Known(2, Clustering.Looking(2, Bank.Near(50, 5)));
        await host.Known(3, Clustering.Looking(3, Bank.Near(50, 6)));
        var known = await host.Known(4, Clustering.Looking(4, Bank.Near(60, 0)));
        var other = await host.Known(5, Clustering.Looking(5, Bank.Near(60, 7)), """{"PL":"not-illegal"}""");
        using var auditor = await host.SignInEnglish(Role.Auditor);
        using var quality = await host.SignInEnglish(Role.Quality);
        Assert.Contains("being worked out", (await auditor.Get("/staff/hash-bank/clusters")).Text, StringComparison.Ordinal);
        await host.FollowClusters();

        var list = await auditor.Get("/staff/hash-bank/clusters");
        Assert.Equal([$"/staff/hash-bank/clusters/{known}", $"/staff/hash-bank/clusters/{quiet}"], list.Document.QuerySelectorAll("main tbody a").Select(a => a.GetAttribute("href")));
        Assert.Contains("different outcomes", list.Text, StringComparison.Ordinal);
        Assert.Single((await auditor.Get("/staff/hash-bank/clusters?contradiction=None")).Document.QuerySelectorAll("main tbody tr"));

        var page = await quality.Get($"/staff/hash-bank/clusters/{known}");
        Assert.Equal(["0", "7"], page.Document.QuerySelectorAll("main tbody tr td:nth-child(2)").Select(c => c.TextContent));
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/staff/hash-bank/merges/new?one={known}&other={other}']"));
        Assert.Null((await auditor.Get($"/staff/hash-bank/clusters/{known}")).Document.QuerySelector("main a[href*='merges/new']"));
        Assert.NotNull((await auditor.Get($"/staff/hash-bank/{other}")).Document.QuerySelector($"main a[href='/staff/hash-bank/clusters/{known}']"));
        Assert.Equal($"/staff/hash-bank/clusters/{known}", (await auditor.Get($"/staff/hash-bank/clusters/{other}")).Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.Get("/staff/hash-bank/clusters/4711")).Status);

        // Merged, they are one record and no cluster.
        await host.Merged(known, other);
        await host.FollowClusters();
        Assert.Equal([quiet], (await host.KeptClusters()).Select(c => c.Representative));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_may_still_judge_a_record_anew_does_not_see_on_its_cluster_what_was_said(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1, Clustering.Looking(1, Bank.Near(50, 0)));
        await host.Known(2, Clustering.Looking(2, Bank.Near(50, 5)), """{"PL":"not-illegal"}""");
        var quiet = await host.Known(3, Clustering.Looking(3, Bank.Near(60, 0)));
        await host.Known(4, Clustering.Looking(4, Bank.Near(60, 5)));
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        await partner.Dispute(record);
        await host.FollowClusters();
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var auditor = await host.SignInEnglish(Role.Auditor);

        var page = await assessor.Get($"/staff/hash-bank/clusters/{record}");
        var rows = page.Document.QuerySelectorAll("main tbody tr");
        Assert.Contains("In dispute", rows[0].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Confirmed", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Confirmed", rows[1].TextContent, StringComparison.Ordinal);

        // How many of two are in use says of the one what it is; so does what they contradict each other in, where the other one is seen.
        foreach (var told in new[] { "In use", "Harmless", "Wait for a person", "different outcomes" })
        {
            Assert.DoesNotContain(told, page.Text, StringComparison.Ordinal);
        }

        Assert.Contains("you may have to assess it", page.Text, StringComparison.Ordinal);
        var whole = await auditor.Get($"/staff/hash-bank/clusters/{record}");
        Assert.Contains("In use", whole.Text, StringComparison.Ordinal);
        Assert.Contains("different outcomes", whole.Text, StringComparison.Ordinal);

        // On the list the place alone would tell.
        Assert.Equal([quiet], await Listed(assessor, ""));
        Assert.Empty(await Listed(assessor, "?contradiction=Outcomes"));
        Assert.Contains("aren't here until it has been decided", (await assessor.Get("/staff/hash-bank/clusters")).Text, StringComparison.Ordinal);
        Assert.Equal([record, quiet], await Listed(auditor, ""));
        Assert.Equal([record], await Listed(auditor, "?contradiction=Outcomes"));
    }

    [Theory, OnBothDatabases]
    public async Task Until_the_clusters_know_of_a_merge_the_page_leaves_the_merged_record_out(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var first = await host.Record(1, Clustering.Looking(1, Bank.Near(50, 0)));
        var used = await host.Known(2, Clustering.Looking(2, Bank.Near(50, 5)));
        var other = await host.Known(3, Clustering.Looking(3, Bank.Near(50, 6)));
        await host.FollowClusters();
        using var staff = await host.SignInEnglish(Role.Auditor);

        await host.Merged(used, other);
        Assert.Equal([first, used], await Shown(staff, first));
        // The one that is in use stands for the one that isn't, which was the cluster's first.
        await host.Merged(used, first);
        Assert.Equal([used], await Shown(staff, first));

        static async Task<List<HashRecordId>> Shown(TestClient staff, HashRecordId cluster)
        {
            var page = await staff.Get($"/staff/hash-bank/clusters/{cluster}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            return [.. page.Document.QuerySelectorAll("main tbody td:first-child a").Select(a => HashRecordId.TryParse(a.TextContent, out var id) ? id : default)];
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_one_process_is_at_the_others_leave_to_it_until_it_stands_still(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (one, other) = (Begun(host), Begun(host));
        var item = 0;
        // Each tries once when it begins.
        Assert.True(await Turn(other));
        Assert.True(await Turn(one));

        // From now on one goes on, and the other one doesn't even when it comes first.
        for (var round = 0; round < 3; round++)
        {
            host.Clock.Advance(ClusterKeeper.Patience / 2);
            Assert.False(await Turn(other));
            Assert.True(await Again(one));
            Assert.False(await Again(one));
            Assert.False(await Again(other));
        }

        // Where nothing changes, nobody is late.
        host.Clock.Advance(10 * ClusterKeeper.Patience);
        Assert.False(await Again(other));
        Assert.False(await Turn(other));
        host.Clock.Advance(ClusterKeeper.Patience);
        Assert.True(await Again(other));
        Assert.False(await Turn(one));
        Assert.True(await Again(other));

        // Called by name, it is at it at once, and knows what the other one did meanwhile.
        Assert.False(await Turn(one));
        await host.FollowClusters(one);
        Assert.Equal(await host.ExpectedMembers(), await host.KeptMembers());
        Assert.False(await Turn(other));

        async Task<bool> Turn(ClusterKeeper keeper)
        {
            await host.Record(++item, Clustering.Looking(item, Bank.Near(50, item % 16)));
            return await Again(keeper);
        }

        Task<bool> Again(ClusterKeeper keeper) => host.InScope((EgidaDb db) => keeper.FollowInTurn(db, CancellationToken.None));
    }

    private static ClusterKeeper Begun(EgidaHost host) => new(host.Services.GetRequiredService<BankIndex>(), host.Clock);

    private static async Task<List<HashRecordId>> Listed(TestClient staff, string only) =>
        [.. (await staff.Get($"/staff/hash-bank/clusters{only}")).Document.QuerySelectorAll("main tbody a").Select(a => HashRecordId.TryParse(a.GetAttribute("href")!.Split('/')[^1], out var id) ? id : default)];
}
