using Egida.Blocking;
using Egida.Blocking.Publishing;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.HashBank;
using Egida.Tests.HashBank.Partners;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Blocking;

/// <summary>Items that nobody removed, two people who decide, an operator who asks.</summary>
internal static class BlockDesk
{
    /// <summary>Where those are sent who wanted to see a blocked domain.</summary>
    public static readonly IReadOnlyDictionary<string, string> StopPage = new Dictionary<string, string>
    {
        ["Blocking:StopHost"] = "stop.hotline.test",
        ["Blocking:StopAddress"] = "192.0.2.10",
        ["Lists:Origin"] = "hotline.test",
    };

    public static readonly StaffId First = Bank.Person(1);

    public static readonly StaffId Second = Bank.Person(2);

    private static readonly ActionKind Arrange = new("test.blocking");

    /// <summary>An illegal item on this name, whose removal was asked for so long ago.</summary>
    public static async Task<ItemId> Illegal(this EgidaHost host, string name, double daysAgo = 4, ItemOutcome outcome = ItemOutcome.Illegal)
    {
        var id = await host.OpenItem(name, Station.Followed);
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
            (await action.Db.Set<Item>().SingleAsync(i => i.Id == id)).Outcome = outcome;
            var (notice, at) = (Id.New<NoticeId>(host.Clock), host.Clock.Now.AddDays(-daysAgo));
            var letter = Id.New<NoticeLetterId>(host.Clock);
            action.Db.Add(new NoticeLetter { Id = letter, Recipient = "abuse@provider.example", IsReminder = false, CreatedAt = at, DueAt = at, ClosedAt = at, SentAt = at });
            action.Db.Add(new Notice
            {
                Id = notice,
                Chain = notice,
                ItemId = id,
                LetterId = letter,
                Ordinal = 0,
                Reminder = 0,
                Number = $"EG-N-{notice}"[..20],
                CreatedAt = at,
                Recipient = "abuse@provider.example",
                Classification = "B1",
                SentAt = at,
            });
            await action.Commit(CancellationToken.None);
        });
        return id;
    }

    public static async Task Close(this EgidaHost host, ItemId id) => await host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arrange, Actor.System("test"), id.Subject);
        (await action.Db.Set<Item>().SingleAsync(i => i.Id == id)).Close(ItemClosure.Removed, action.Now);
        await action.Commit(CancellationToken.None);
    });

    public static BlockForm Form(string domain, BlockScope scope = BlockScope.Host) => new(domain, scope.ToString(), "agreement", "two notices, no answer", "30", "", "");

    public static async Task<BlockedDomainId> Proposed(this EgidaHost host, string domain, BlockScope scope = BlockScope.Host, string? on = null)
    {
        await host.Illegal(on ?? DomainName.Read(domain).Name!);
        var outcome = await host.InScope((ProposeBlock propose) => propose.Handle(Form(domain, scope), First, CancellationToken.None));
        return Assert.IsType<ProposeBlock.Outcome.Proposed>(outcome).Id;
    }

    public static async Task<BlockedDomainId> Decided(this EgidaHost host, string domain, BlockScope scope = BlockScope.Host, string? on = null)
    {
        var id = await host.Proposed(domain, scope, on);
        Assert.Equal(DecideBlock.Outcome.Done, await host.InScope((DecideBlock decide) => decide.Handle(id, Second, CancellationToken.None)));
        return id;
    }

    /// <summary>In the list that operators have.</summary>
    public static async Task<BlockedDomainId> Listed(this EgidaHost host, string domain, BlockScope scope = BlockScope.Host)
    {
        var id = await host.Decided(domain, scope);
        await host.Publish();
        return id;
    }

    /// <summary>Does the work of one kind that falls due within the time; all other work waits as before.</summary>
    public static async Task Run(this EgidaHost host, string kind, TimeSpan horizon = default)
    {
        var others = await host.Read(db => db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind != kind && w.DoneAt == null).Select(w => new { w.Id, w.DueAt }).ToListAsync());
        await host.RunOnly(kind, horizon);
        foreach (var other in others)
        {
            await host.Read(db => db.Set<WorkItem>().Where(w => w.Id == other.Id).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, other.DueAt)));
        }
    }

    /// <summary>A quarter of an hour passes, and what was decided goes out.</summary>
    public static Task Publish(this EgidaHost host) => host.Run(PublishAdditions.WorkKind, TimeSpan.FromMinutes(15));

    public static Task<bool> End(this EgidaHost host, BlockedDomainId id) =>
        host.InScope((EndBlock end) => end.Handle(id, BlockEnd.Gone, "it is gone", First, CancellationToken.None));

    /// <summary>Somebody who may have the list, as its machine talks to the host.</summary>
    public static async Task<HttpClient> Operator(this EgidaHost host, string name = "Operator")
    {
        var (_, key) = await host.InScope((OpenSubscription open) => open.Handle(null, name, Bank.Person(9), CancellationToken.None));
        await host.Run(RenewBlockList.WorkKind);
        return host.Client(key!);
    }

    public static Task<BlockedDomain> Entry(this EgidaHost host, BlockedDomainId id) => host.Read(db => db.Set<BlockedDomain>().AsNoTracking().SingleAsync(b => b.Id == id));

    public static string Page(BlockedDomainId id) => $"/staff/blocking/{id}";
}
