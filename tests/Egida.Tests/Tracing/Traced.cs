using System.Security.Cryptography;
using System.Text;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Tracing;

/// <summary>Opens items as the intake does and reads what tracing made of them.</summary>
internal static class Traced
{
    private static readonly ActionKind Open = new("sample.open-item");

    public static async Task<ItemId> OpenItem(this EgidaHost host, string name, Station reached = Station.Filed)
    {
        var id = Id.New<ItemId>(host.Clock);
        var address = $"http://{name}/strona";
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Open, Actor.System("test"), id.Subject);
            var item = new Item
            {
                Id = id,
                AddressKey = SHA256.HashData(Encoding.UTF8.GetBytes($"{address} {id}")),
                Address = new ReportedAddress(address),
                AsTyped = new ReportedAddress(address),
                Host = name,
                OpenedAt = action.Now,
                ReportCount = 1,
                LastReportedAt = action.Now,
            };
            action.Db.Add(item);
            await action.Reach(item, reached, CancellationToken.None);
            action.Emit(new ItemOpened(id, Fetchable: true));
            await action.Commit(CancellationToken.None);
        });
        return id;
    }

    /// <summary>Does the work of one kind that falls due within the horizon, moving the clock to each due time; other features' work is left alone.</summary>
    public static async Task RunOnly(this EgidaHost host, string kind, TimeSpan horizon = default)
    {
        var end = host.Clock.Now + horizon;
        var runner = host.Services.GetRequiredService<WorkRunner>();
        for (var step = 0; step < 50; step++)
        {
            var never = host.Clock.Now.AddYears(1);
            await host.Read(db => db.Set<WorkItem>().Where(w => w.Kind != kind && w.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, never)));
            var next = await host.Read(db => db.Set<WorkItem>()
                .Where(w => w.Kind == kind && w.DoneAt == null && w.ParkedAt == null).MinAsync(w => (DateTime?)w.DueAt));
            if (next is null || next > end)
            {
                host.Clock.AdvanceTo(end);
                return;
            }

            host.Clock.AdvanceTo(next.Value);
            await runner.RunNext(CancellationToken.None);
        }
    }

    public static Task<Item> Item(this EgidaHost host, ItemId id) => host.Read(db => db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == id));

    public static Task<List<HostingTrace>> Traces(this EgidaHost host, ItemId id) =>
        host.Read(db => db.Set<HostingTrace>().AsNoTracking().Include(t => t.Facts).Where(t => t.ItemId == id).OrderBy(t => t.At).ThenBy(t => t.Id).ToListAsync());

    public static Task<List<string>> EventsAbout(this EgidaHost host, ItemId id) =>
        host.Read(db => db.Set<EventEntry>().Where(e => e.Subject == id.Subject).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync());
}
