using System.Security.Cryptography;
using System.Text;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Evidence.Capture;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Routing;
using Egida.Simulators;
using Egida.Tests.Evidence;
using Egida.Tests.Harness;
using Egida.Tests.Police;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Egida.Tests.Takedown;

/// <summary>The application with a whole outside world, and items brought to where the ways out begin: traced, captured and found illegal.</summary>
internal sealed class WaysOutBench : IAsyncDisposable
{
    private static readonly ActionKind Arrange = new("test.arrange");

    private readonly IHost capture;

    private readonly Dictionary<Guid, DateTime> paused = [];

    private WaysOutBench(World world, EgidaHost app, IHost capture) => (World, App, this.capture) = (world, app, capture);

    public World World { get; }

    public EgidaHost App { get; }

    public static async Task<WaysOutBench> Start(DatabaseKind database, bool autoRemove = false, IReadOnlyDictionary<string, string>? more = null)
    {
        var world = await World.Start(new WorldOptions { DemoSites = 0, AutoRemove = autoRemove, RemovalDelay = TimeSpan.Zero });
        var settings = new Dictionary<string, string>(world.TracingSettings())
        {
            ["Mail:SmtpHost"] = "127.0.0.1",
            ["Mail:SmtpPort"] = world.Mail.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "false",
            ["Takedown:GroupFor"] = "00:00:00",
            ["Takedown:CheckClaimAfter"] = "00:00:00",
            ["Police:PortalUrl"] = "https://portal.egida.example",
            ["TimeStamps:Url"] = world.Tsa.Url.ToString(),
            ["TimeStamps:Authorities"] = world.Tsa.RootFile,
            ["Iccam:BaseUrl"] = world.Iccam.Url.ToString(),
            ["Iccam:Username"] = IccamExchange.UserName,
            ["Iccam:Password"] = IccamExchange.Password,
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            settings[key] = value;
        }

        var app = await EgidaHost.Start(database, settings);
        app.Clock.AdvanceTo(DateTime.UtcNow);
        await app.ApprovePoliceCertificate(world.Police.CertificateFile);
        return new WaysOutBench(world, app, CaptureBench.CaptureProcess(world, Path.Combine(app.Folder, "spool")));
    }

    /// <summary>Does due work of these kinds only; the rest stays where it is. Retries within the horizon are waited for by moving the clock.</summary>
    public async Task Do(TimeSpan horizon, params string[] kinds)
    {
        var runner = App.Services.GetRequiredService<WorkRunner>();
        var end = App.Clock.Now + horizon;
        for (var step = 0; step < 100; step++)
        {
            var (now, never) = (App.Clock.Now, App.Clock.Now.AddYears(1));
            await PauseOthers(kinds, now, never);
            await Wake(kinds, now);
            var next = await App.Read(db => db.Set<WorkItem>().Where(w => kinds.Contains(w.Kind) && w.DoneAt == null && w.ParkedAt == null).MinAsync(w => (DateTime?)w.DueAt));
            if (next is null || next > end)
            {
                return;
            }

            App.Clock.AdvanceTo(next.Value);
            await runner.RunNext(CancellationToken.None);
            while (await capture.Services.GetRequiredService<CaptureLoop>().RunNext(CancellationToken.None))
            {
            }
        }

        throw new InvalidOperationException("After 100 steps there is still work due.");
    }

    private async Task PauseOthers(string[] kinds, DateTime now, DateTime never)
    {
        var far = now.AddDays(300);
        foreach (var (id, due) in await App.Read(db => db.Set<WorkItem>().AsNoTracking().Where(w => !kinds.Contains(w.Kind) && w.DoneAt == null && w.DueAt < far).ToDictionaryAsync(w => w.Id, w => w.DueAt)))
        {
            paused[id] = due;
            await App.Read(db => db.Set<WorkItem>().Where(w => w.Id == id).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, never)));
        }
    }

    /// <summary>Is due again when it was.</summary>
    private async Task Wake(string[] kinds, DateTime now)
    {
        var far = now.AddDays(300);
        foreach (var id in await App.Read(db => db.Set<WorkItem>().Where(w => kinds.Contains(w.Kind) && w.DoneAt == null && w.DueAt > far).Select(w => w.Id).ToListAsync()))
        {
            // A database rounds: what was due at this very moment could be due a millionth of a second after it.
            var due = paused.TryGetValue(id, out var then) && then > now.AddSeconds(1) ? then : now;
            await App.Read(db => db.Set<WorkItem>().Where(w => w.Id == id).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, due)));
        }
    }

    public Task Do(params string[] kinds) => Do(TimeSpan.FromSeconds(30), kinds);

    /// <summary>Traced, captured, recognised (the first picture known, the last one assessed) and confirmed illegal; then routed.</summary>
    public async Task<ItemId> Routed(string address)
    {
        var id = await Report(address);
        await Do("tracing.trace-item", CaptureItem.Work);
        await Assess(id);
        await Do("routing.route-item");
        return id;
    }

    /// <summary>The capture process works by itself from now on.</summary>
    public Task StartCapture() => capture.StartAsync();

    /// <summary>As the intake opens it: to be traced.</summary>
    public async Task<ItemId> Report(string address)
    {
        var id = Id.New<ItemId>(App.Clock);
        await App.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
            action.Db.Add(new Item
            {
                Id = id,
                AddressKey = SHA256.HashData(Encoding.UTF8.GetBytes(address + id)),
                Address = new ReportedAddress(address),
                AsTyped = new ReportedAddress(address),
                Host = new Uri(address).Host,
                OpenedAt = action.Now,
                ReportCount = 1,
                LastReportedAt = action.Now,
            });
            action.Emit(new ItemOpened(id, Fetchable: true));
            await action.Commit(CancellationToken.None);
        });
        return id;
    }

    /// <summary>As a rule with these acts would.</summary>
    public Task Route(ItemId id, params RoutedAct[] acts) => App.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
        await RouteItem.Apply(action, await action.Db.Set<Item>().SingleAsync(i => i.Id == id), "test", acts, acts[^1].Country, null, CancellationToken.None);
        await action.Commit(CancellationToken.None);
    });

    public Task<Item> Item(ItemId id) => App.Read(db => db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == id));

    public Task<List<T>> All<T>() where T : class => App.Read(db => db.Set<T>().AsNoTracking().ToListAsync());

    public async Task<List<string>> Events(ItemId id) => [.. (await All<EventEntry>()).Where(e => e.Subject == id.Subject).OrderBy(e => e.Id).Select(e => e.Type)];

    public Task<List<WorkItem>> Open(string kind) =>
        App.Read(db => db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind == kind && w.DoneAt == null).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        capture.Dispose();
        await App.DisposeAsync();
        await World.DisposeAsync();
    }

    /// <summary>Confirmed illegal, as two readers do; what wasn't recognised yet is given findings.</summary>
    public async Task Assess(ItemId id)
    {
        await App.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
            var item = await action.Db.Set<Item>().SingleAsync(i => i.Id == id);
            item.Outcome = ItemOutcome.Illegal;
            var media = await action.Db.Set<EvidenceObject>().Where(o => o.ItemId == id && o.Kind == EvidenceKind.Media).OrderBy(o => o.Id).ToListAsync();
            var recognised = await action.Db.Set<MediaFinding>().AnyAsync(f => f.ItemId == id);
            for (var i = 0; i < media.Count && !recognised; i++)
            {
                action.Db.Add(new MediaFinding
                {
                    EvidenceId = media[i].Id,
                    ItemId = id,
                    Number = i + 1,
                    Verdict = i == 0 ? MediaVerdict.KnownExact : MediaVerdict.Unknown,
                    Kind = MediaKind.Image,
                    RecordId = i == 0 ? new HashRecordId(1) : null,
                    SizeBytes = media[i].Size,
                    Md5 = new string('0', 31) + i,
                    Sha1 = new string('0', 39) + i,
                    Sha256 = Convert.ToHexStringLower(media[i].Sha256),
                    FoundAt = action.Now,
                });
            }

            Outcome(null);
            if (media.Count > 0)
            {
                Outcome(media[^1].Id);
            }

            action.Emit(new AssessmentConfirmed(id, ItemOutcome.Illegal, default));
            await action.Commit(CancellationToken.None);

            void Outcome(EvidenceId? about)
            {
                foreach (var (scheme, code) in new[] { ("PL", "illegal"), ("ICCAM", "1"), ("INTERPOL", "1"), ("NCMEC", "A2"), ("XARF", "baseline") })
                {
                    action.Db.Add(new DerivedOutcome
                    {
                        Id = Guid.CreateVersion7(),
                        ItemId = id,
                        EvidenceId = about,
                        Scheme = scheme,
                        Code = code,
                        Rule = "test",
                        RuleSetVersion = "1",
                        ComputedAt = action.Now,
                        LegalBasis = scheme == "PL" ? "art. 202 k.k." : null,
                    });
                }
            }
        });
    }
}
