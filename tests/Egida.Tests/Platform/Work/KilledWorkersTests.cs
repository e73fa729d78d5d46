using Egida.Audit;
using Egida.Evidence;
using Egida.Exchange;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Simulators;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;
using Egida.Tracing;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Platform.Work;

/// <summary>The road of a report, walked by real worker processes that are killed with SIGKILL again and again.</summary>
public sealed class KilledWorkersTests
{
    private const string Abroad = "http://voorbeeld.example/fotos/reis";
    private const string Abuse = "abuse@hosting-pl.example";
    private const int Each = 3;

    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Work:Lease"] = "00:00:02",
        ["Work:Poll"] = "00:00:00.05",
        ["Work:FirstPause"] = "00:00:00.3",
        ["Capture:Poll"] = "00:00:00.05",
        ["Logging:LogLevel:Default"] = "Error",
    };

    [Theory, OnBothDatabases]
    public async Task Workers_killed_at_any_moment_lose_nothing_and_do_nothing_twice(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: Quick);
        await bench.StartCapture();
        var (here, abroad) = (new List<ItemId>(), new List<ItemId>());
        for (var i = 0; i < Each; i++)
        {
            here.Add(await bench.Report(bench.World.WalkPage));
            abroad.Add(await bench.Report($"{Abroad}?{i}"));
        }

        using (var workers = new MortalWorkers(bench.App, seed: 7))
        {
            await workers.WorkUntilDone(leastKills: 4);
            bench.App.Clock.AdvanceTo(DateTime.UtcNow);
            foreach (var id in here.Concat(abroad))
            {
                await bench.Assess(id);
            }

            await workers.WorkUntilDone(leastKills: 10, CheckStillThere.WorkKind);
        }

        var work = await bench.All<WorkItem>();
        Assert.DoesNotContain(work, w => w.ParkedAt is not null);
        await EveryStepHappenedOnce(bench, here, abroad);
        await EvidenceIsWhole(bench);
        await ReferencesAreGivenOnce(bench);
        await LettersCameAtMostTwice(bench, here);
        await AbroadKnowsEachItemOnce(bench, abroad);
        Assert.IsType<AuditVerification.Result.Sound>(await bench.App.InScope(async (IServiceProvider services) => await AuditVerification.Verify(
            services.GetRequiredService<EgidaDb>(), services.GetRequiredService<AuditKey>().Signing, null, CancellationToken.None)));
    }

    private static async Task EveryStepHappenedOnce(WaysOutBench bench, List<ItemId> here, List<ItemId> abroad)
    {
        var (events, audit) = (await bench.All<EventEntry>(), await bench.All<AuditEntry>());
        var told = (await bench.All<PolicePackage>()).Where(p => p.NotifiedAt is not null).Select(p => p.ItemId).ToHashSet();
        var sent = (await bench.All<Notice>()).Where(n => n.SentAt is not null).Select(n => n.ItemId).ToHashSet();
        foreach (var id in here.Concat(abroad))
        {
            string[] always = [nameof(ItemTraced), nameof(ItemCaptured), nameof(ItemRecognised), nameof(ItemQueued), nameof(ItemRouted)];
            string[] ways = abroad.Contains(id) ? [nameof(HandedOverToSisterHotline)]
                : [nameof(PolicePackageSealed), nameof(PolicePackageStamped), .. told.Contains(id) ? [nameof(PoliceNotified)] : (string[])[], .. sent.Contains(id) ? [nameof(NoticeSent)] : (string[])[]];
            var happened = events.Where(e => e.Subject == id.Subject).Select(e => e.Type).ToList();
            string[] stops = [nameof(NoticeStopped), nameof(EvidenceSealed), nameof(EvidenceTouched), nameof(ItemOpened), nameof(Egida.Assessment.AssessmentConfirmed)];
            Assert.Equal(always.Concat(ways).Order(), happened.Except(stops).SelectMany(t => happened.Where(h => h == t)).Order());

            string[] once = [TraceItem.WorkKind, CaptureItem.Work, RecogniseItem.Work, EnqueueItem.Work, RouteItem.WorkKind,
                .. abroad.Contains(id) ? [HandOverToSisterHotline.WorkKind, HandOverToSisterHotline.Kinds.Begin.Name] : (string[])[BuildPolicePackage.WorkKind, BuildPolicePackage.Kinds.Order.Name, StampPolicePackage.WorkKind]];
            Assert.All(once, kind => Assert.Single(audit, a => a.Subject == id.Subject && a.Action == kind));
        }

        var stops2 = await bench.All<RoadStop>();
        Assert.Equal(stops2.Count, stops2.DistinctBy(s => (s.ItemId, s.Station)).Count());
        Assert.Equal(here.Count + abroad.Count, (await bench.All<RoutingDecision>()).Count);
        Assert.Equal(here.Count + abroad.Count, (await bench.All<CaptureRun>()).Count);
        Assert.Equal(here.Count + abroad.Count, (await bench.All<QueueEntry>()).Count);
        Assert.Equal(events.Count, audit.Sum(a => events.Count(e => e.AuditSeq == a.Seq)));
    }

    private static async Task EvidenceIsWhole(WaysOutBench bench)
    {
        var (objects, links) = (await bench.All<EvidenceObject>(), (await bench.All<CustodyEvent>()).ToLookup(l => l.EvidenceId));
        Assert.All(objects.CountBy(o => (o.ItemId, o.Kind, o.Source, o.DerivedFrom)), o => Assert.True(o.Value <= 2 && (o.Value == 1 || o.Key.Kind == EvidenceKind.Derived), $"{o}"));
        Assert.All(objects, o => Assert.Null(CustodyChain.FirstBroken([.. links[o.Id].OrderBy(l => l.Seq)])));
        Assert.Equal(
            objects.Where(o => o.Kind == EvidenceKind.Media).Select(o => o.Id).OrderBy(i => i.Value),
            (await bench.All<MediaFinding>()).Select(f => f.EvidenceId).OrderBy(i => i.Value));
    }

    private static async Task ReferencesAreGivenOnce(WaysOutBench bench)
    {
        var packages = await bench.All<PolicePackage>();
        var handOvers = await bench.All<HotlineHandOver>();
        Assert.Equal(Enumerable.Range(1, Each).Select(n => $"{n:000000}"), packages.Select(p => p.Reference[^6..]).Order());
        Assert.Equal(Enumerable.Range(1, Each).Select(n => $"{n:000000}"), handOvers.Select(h => h.Reference[^6..]).Order());
        var parts = await bench.All<PolicePackagePart>();
        Assert.Equal(packages.Select(p => p.Id.Value).Order(), parts.Select(p => p.PackageId.Value).Order());
        Assert.All(parts, p => Assert.Equal(p.Sha256, Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(bench.App.Folder, "packages", $"{p.PackageId.Value:N}-{p.Sha256}.p7m"))))));
    }

    private static async Task LettersCameAtMostTwice(WaysOutBench bench, List<ItemId> here)
    {
        var (packages, notices) = (await bench.All<PolicePackage>(), await bench.All<Notice>());
        Assert.Equal(here.Order(Comparer<ItemId>.Create((a, b) => a.Value.CompareTo(b.Value))), packages.Select(p => p.ItemId).OrderBy(i => i.Value));
        Assert.All(packages, p => Assert.True(p.NotifiedAt is not null || p.StoppedBecause == "outcome-unknown-twice"));
        Assert.All(notices, n => Assert.True(n.SentAt is not null || n.StoppedBecause == "outcome-unknown-twice"));
        Assert.Equal(packages.Where(p => p.NotifiedAt is not null).Select(p => p.ItemId).OrderBy(i => i.Value), notices.Select(n => n.ItemId).OrderBy(i => i.Value));
        Assert.Equal(notices.Where(n => n.SentAt is not null).Select(n => n.ItemId).OrderBy(i => i.Value), (await bench.All<FollowUp>()).Select(f => f.ItemId).OrderBy(i => i.Value));
        var items = (await bench.All<Item>()).ToDictionary(i => i.Id);
        Assert.All(packages.Where(p => p.StoppedAt is not null), p => Assert.NotNull(items[p.ItemId].PersonNeeded));
        Assert.All(notices.Where(p => p.StoppedAt is not null), n => Assert.NotNull(items[n.ItemId].PersonNeeded));
        Copies(bench.World.Mail.Inbox(PoliceOffice.Mail), [.. packages.Select(p => (p.Id.Value, p.NotifiedAt is not null))]);
        Copies(bench.World.Mail.Inbox(Abuse), [.. (await bench.All<NoticeLetter>()).Select(l => (l.Id.Value, l.SentAt is not null))]);

        static void Copies(IReadOnlyList<ReceivedMail> inbox, List<(Guid Id, bool Sent)> letters)
        {
            Assert.All(inbox, mail => Assert.Single(letters, l => IsAbout(mail, l.Id)));
            foreach (var (id, sent) in letters)
            {
                var copies = inbox.Where(m => IsAbout(m, id)).ToList();
                Assert.InRange(copies.Count, sent ? 1 : 0, 2);
                Assert.True(copies.Count(c => !c.Text.Contains("X-Egida-Possible-Duplicate-Of", StringComparison.Ordinal)) <= 1);
            }
        }

        static bool IsAbout(ReceivedMail mail, Guid id) => mail.Parse().Header("message-id", "").Contains(id.ToString(), StringComparison.Ordinal);
    }

    private static async Task AbroadKnowsEachItemOnce(WaysOutBench bench, List<ItemId> abroad)
    {
        var rows = await bench.All<HotlineHandOver>();
        Assert.Equal(abroad.Select(i => i.Value).Order(), rows.Select(r => r.ItemId.Value).Order());
        Assert.Equal(rows.Select(r => r.Reference).Order(), bench.World.Iccam.Reports.Select(r => r.HotlineReference).Order());
        Assert.All(rows, r => Assert.Equal(HandOverState.HandedOver, r.State));
        Assert.All(rows, r => Assert.Equal(bench.World.Iccam.Reports.Single(p => p.HotlineReference == r.Reference).ReportId, r.PartnerReport));
        Assert.All(bench.World.Iccam.Reports.SelectMany(r => r.Contents), c => Assert.Equal("NL", c.AssignedCountryCode));
    }
}
