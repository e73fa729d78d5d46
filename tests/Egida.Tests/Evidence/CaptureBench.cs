using System.Security.Cryptography;
using System.Text;
using Egida.Evidence;
using Egida.Evidence.Capture;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Egida.Tests.Evidence;

/// <summary>The application, a capture process beside it (its own host, in this process, moved by hand) and the outside world.</summary>
public sealed class CaptureBench : IAsyncDisposable
{
    internal static readonly ActionKind Looking = new("test.look") { LooksAtMaterial = true };

    private readonly IHost capture;

    private CaptureBench(World world, EgidaHost app, IHost capture) => (World, App, this.capture) = (world, app, capture);

    public World World { get; }

    public EgidaHost App { get; }

    public static async Task<CaptureBench> Start(DatabaseKind database, IReadOnlyDictionary<string, string>? more = null)
    {
        var world = await World.Start(new WorldOptions { DemoSites = 0 });
        var app = await EgidaHost.Start(database, new Dictionary<string, string>(more ?? new Dictionary<string, string>()));
        var spool = Path.Combine(app.Folder, "spool");
        return new CaptureBench(world, app, CaptureProcess(world, spool, more));
    }

    /// <summary>The arguments that a capture process in this world gets, and nothing about a database.</summary>
    public static string[] Arguments(World world, string spool, IReadOnlyDictionary<string, string>? more = null) =>
    [
        $"--Capture:Spool={spool}",
        $"--Capture:Socks={world.Egress.EndPoint}",
        $"--Capture:DnsServer={world.Dns.EndPoint}",
        "--Capture:AllowedReservedRanges:0=192.0.2.0/24",
        "--Capture:AllowedReservedRanges:1=198.51.100.0/24",
        "--Capture:AllowedReservedRanges:2=203.0.113.0/24",
        "--Capture:AllowedReservedRanges:3=2001:db8::/32",
        "--Capture:Poll=00:00:00.05",
        .. (more ?? new Dictionary<string, string>()).Select(s => $"--{s.Key}={s.Value}"),
    ];

    public static IHost CaptureProcess(World world, string spool, IReadOnlyDictionary<string, string>? more = null) =>
        CaptureVerb.Build(Arguments(world, spool, more), services => services.AddLogging(l => l.SetMinimumLevel(LogLevel.Critical)));

    internal T OfCapture<T>() where T : notnull => capture.Services.GetRequiredService<T>();

    /// <summary>The capture process does what waits in the spool.</summary>
    internal async Task RunCapture()
    {
        while (await OfCapture<CaptureLoop>().RunNext(CancellationToken.None))
        {
        }
    }

    /// <summary>An item as intake would open it, with the work that tracing would order.</summary>
    public async Task<ItemId> Report(string address)
    {
        var id = Id.New<ItemId>(App.Clock);
        await App.InScope(async (EgidaDb db) =>
        {
            db.Add(new Item
            {
                Id = id,
                AddressKey = SHA256.HashData(Encoding.UTF8.GetBytes(address + id)),
                Address = new ReportedAddress(address),
                AsTyped = new ReportedAddress(address),
                OpenedAt = App.Clock.Now,
            });
            db.Add(new WorkItem
            {
                Id = Guid.CreateVersion7(),
                Kind = CaptureItem.Work,
                SubjectId = id.Value,
                Key = "",
                CreatedAt = App.Clock.Now,
                DueAt = App.Clock.Now,
            });
            await db.SaveChangesAsync();
        });
        return id;
    }

    /// <summary>The worker asks, the capture process fetches, the worker takes over.</summary>
    public async Task Capture()
    {
        await Worker();
        await RunCapture();
        App.Clock.Advance(TimeSpan.FromSeconds(2));
        await Worker();
    }

    /// <summary>The worker does what is due for the capture now; what other features are ordered meanwhile is left alone.</summary>
    public Task Worker() => App.RunOnly(CaptureItem.Work);

    public Task<WorkItem> Work(ItemId id) =>
        App.Read(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.SubjectId == id.Value && w.Kind == CaptureItem.Work));

    public string Spool => Path.Combine(App.Folder, "spool");

    /// <summary>Opens as an action that looks at material, and commits it.</summary>
    public async Task<byte[]> Open(EvidenceId id)
    {
        byte[] content = [];
        await App.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Looking, Actor.System("test"), $"evidence:{id}");
            content = await services.GetRequiredService<SealedStore>().Read(action, id, "test", CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
        return content;
    }

    public Task<Item> Item(ItemId id) => App.Read(db => db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == id));

    public Task<List<EvidenceObject>> Objects(ItemId id) =>
        App.Read(db => db.Set<EvidenceObject>().AsNoTracking().Where(e => e.ItemId == id).OrderBy(e => e.CapturedAt).ThenBy(e => e.Id).ToListAsync());

    public Task<List<CaptureRun>> Runs(ItemId id) => App.Read(db => db.Set<CaptureRun>().AsNoTracking().Where(r => r.ItemId == id).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        capture.Dispose();
        await App.DisposeAsync();
        await World.DisposeAsync();
    }
}
