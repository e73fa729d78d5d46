using System.Text;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Police;

/// <summary>An item with sealed objects, a trace and an assessment, routed as the test says; the police's mailbox and key are the world's.</summary>
internal sealed class PoliceBench : IAsyncDisposable
{
    public static readonly byte[] Page = Encoding.UTF8.GetBytes("<p>a page about mountains</p>");
    public static readonly byte[] Picture = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31 % 251))];

    private static readonly ActionKind Seed = new("sample.seed-item");
    private static readonly ActionKind RouteIt = new("sample.route-item");

    public required World World { get; init; }

    public required EgidaHost Host { get; init; }

    public static async Task<PoliceBench> Start(DatabaseKind database, Action<Dictionary<string, string>, World>? with = null, bool certificate = true)
    {
        var world = await TestWorld.Start();
        var settings = new Dictionary<string, string>
        {
            ["Police:PortalUrl"] = "https://portal.egida.example/",
            ["Mail:SmtpHost"] = "127.0.0.1",
            ["Mail:SmtpPort"] = world.Mail.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "false",
            ["Tls:ExtraAuthorities"] = world.Authority.CertificateFile,
            ["TimeStamps:Url"] = world.Tsa.Url.ToString(),
            ["TimeStamps:Authorities"] = world.Tsa.RootFile,
        };
        with?.Invoke(settings, world);
        var host = await EgidaHost.Start(database, settings);
        if (certificate)
        {
            await host.ApprovePoliceCertificate(world.Police.CertificateFile);
        }

        return new PoliceBench { World = world, Host = host };
    }

    public async Task<ItemId> Assessed(string country = "PL", params (string Scheme, string Code)[] outcomes)
    {
        var id = await Host.OpenItem("galeria.example", Station.Assessed);
        await Host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Seed, Actor.System("test"), id.Subject);
            var store = services.GetRequiredService<SealedStore>();
            await store.Seal(action, id, EvidenceKind.Page, Page, "text/html", null, CancellationToken.None);
            var media = await store.Seal(action, id, EvidenceKind.Media, Picture, "image/png", null, CancellationToken.None);
            await store.Seal(action, id, EvidenceKind.Derived, new byte[] { 1, 2, 3 }, null, media, CancellationToken.None);
            action.Db.Add(new HostingTrace
            {
                Id = Id.New<HostingTraceId>(action.Clock),
                ItemId = id,
                At = action.Now,
                Outcome = TraceOutcome.Found,
                Host = "galeria.example",
                Address = "192.0.2.10",
                Country = country,
                NetworkName = "NET",
                Asn = 64500,
                Holder = "Holder",
            });
            foreach (var (scheme, code) in outcomes.Length > 0 ? outcomes : [("PL", "illegal"), ("ICCAM", "1"), ("ICCAM-age", "3"), ("ICCAM-sex", "2")])
            {
                action.Db.Add(new DerivedOutcome
                {
                    Id = Guid.CreateVersion7(action.Clock.GetUtcNow()),
                    ItemId = id,
                    Scheme = scheme,
                    Code = code,
                    Rule = "rule",
                    RuleSetVersion = "1",
                    ComputedAt = action.Now,
                });
            }

            (await action.Db.Set<Item>().SingleAsync(i => i.Id == id)).Outcome = ItemOutcome.Illegal;
            await action.Commit(CancellationToken.None);
        });
        return id;
    }

    public Task Route(ItemId id, params RoutedAct[] acts) => Host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(RouteIt, Actor.System("test"), id.Subject);
        var item = await action.Db.Set<Item>().SingleAsync(i => i.Id == id);
        action.Db.Add(new RoutingDecision { Id = Id.New<RoutingDecisionId>(action.Clock), ItemId = id, At = action.Now, Rule = "rule", Acts = acts });
        await action.Reach(item, Station.Routed, CancellationToken.None);
        action.Emit(new ItemRouted(id, "rule", acts));
        await action.Commit(CancellationToken.None);
    });

    public async Task<ItemId> ToPolice()
    {
        var id = await Assessed();
        await Route(id, new RoutedAct(ActKind.Police, "PL", null));
        return id;
    }

    /// <summary>Sealed and stamped: the police may be told.</summary>
    public async Task Build()
    {
        await Run("police.build-package");
        await Run("police.stamp-package");
    }

    /// <summary>Sends until nothing is due within the horizon.</summary>
    public Task Send(TimeSpan horizon = default) => Run("police.send-mail", horizon);

    /// <summary>What is due within the horizon, of this kind only.</summary>
    public async Task Run(string kind, TimeSpan horizon = default)
    {
        // Running another kind alone put this one off by a year.
        var (now, far) = (Host.Clock.Now, Host.Clock.Now.AddDays(300));
        await Host.Read(db => db.Set<WorkItem>().Where(w => w.Kind == kind && w.DueAt > far).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, now)));
        await Host.RunOnly(kind, horizon);
    }

    public Task<List<PolicePackage>> Packages() => Host.Read(db => db.Set<PolicePackage>().AsNoTracking().OrderBy(p => p.Reference).ToListAsync());

    public Task<List<PolicePackagePart>> Parts() =>
        Host.Read(db => db.Set<PolicePackagePart>().AsNoTracking().OrderBy(p => p.FileName).ToListAsync());

    public Task<List<CustodyEvent>> Chains(CustodyAct act) => Host.Read(db => db.Set<CustodyEvent>().AsNoTracking().Where(e => e.Act == act).ToListAsync());

    public Task<WorkItem> Work(string kind) => Host.Read(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.Kind == kind));

    public IReadOnlyList<ReceivedMail> Inbox => World.Mail.Inbox(PoliceOffice.Mail);

    public string PathOf(PolicePackagePart part) =>
        System.IO.Path.Combine(Host.Folder, "packages", part.Ordinal == 1 ? $"{part.PackageId.Value:N}-{part.Sha256}.p7m" : $"{part.PackageId.Value:N}-{part.Ordinal}-{part.Sha256}.p7m");

    /// <summary>The certificate by which the police check our signature.</summary>
    public string SealFile => System.IO.Path.Combine(Host.Folder, "keys", "police-signing.crt");

    public Dictionary<string, byte[]> Open(byte[] encrypted) => OpenedPackage.Open(encrypted, World.Police.KeyFile, SealFile);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await World.DisposeAsync();
    }
}
