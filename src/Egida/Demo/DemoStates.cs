using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>The states that an ordinary fortnight of the seed doesn't reach: what went wrong, what is unclear, what doesn't go away.</summary>
internal sealed class DemoStates(DemoSeed seed, DemoStaff staff)
{
    public async Task Fill(CancellationToken cancellation)
    {
        using var partners = new WalkPartners(seed.World.Control);
        await NobodyRemoves(partners, cancellation);
        await NobodyAnswers(partners, cancellation);

        await seed.File(new Uri(new Uri(seed.FreshPage("PL")), "/").ToString(), 1, cancellation);
        await seed.File("to było na jakimś czacie, link wygasł", 1, cancellation);
        await seed.File($"http://{new string('x', 70)}.example/galeria", 1, cancellation);
        await seed.File("abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion/x", 1, cancellation);
        await seed.File("http://loopback.example/", 1, cancellation);
        await seed.File("http://host-bez-adresu.example/galeria", 2, cancellation);
        await seed.RunWork(cancellation);
        await NothingWasThere(cancellation);
        await SettleOne(cancellation);

        var removed = await seed.Read(db => db.Set<Item>().AsNoTracking().FirstAsync(i => i.Closure == ItemClosure.Removed, cancellation));
        await seed.File(removed.AsTyped.Reveal(), 1, cancellation);
        await seed.RunWork(cancellation);
    }

    /// <summary>A provider that doesn't act: it is still there at every check.</summary>
    private async Task NobodyRemoves(WalkPartners partners, CancellationToken cancellation)
    {
        await partners.Set("/faults", new { part = "provider", fault = "idle" });
        await FileAndAssess(seed.FreshPage("PL"), cancellation);
        await FileAndAssess(seed.FreshPage("PL"), cancellation);
        await partners.Set("/faults", new { part = "provider", fault = "None" });
    }

    private async Task FileAndAssess(string page, CancellationToken cancellation)
    {
        await seed.File(page, 3, cancellation);
        await seed.RunWork(cancellation);
        var item = await Item(page, cancellation);
        await seed.Assess(item, staff.Of(Role.Analyst), illegal: true, cancellation);
        await seed.Assess(item, staff.Of(Role.SeniorAnalyst), illegal: true, cancellation);
        await seed.RunWork(cancellation);
    }

    /// <summary>A site that takes no connection: after some tries a person is asked.</summary>
    private async Task NobodyAnswers(WalkPartners partners, CancellationToken cancellation)
    {
        var page = seed.FreshPage("NL");
        var host = new Uri(page).Host;
        await partners.Set("/sites/reachable", new { host, reachable = false });
        await seed.File(page, 2, cancellation);
        await seed.RunWork(cancellation);
        await partners.Set("/sites/reachable", new { host, reachable = true });
    }

    /// <summary>A page without any picture: both readers find nothing.</summary>
    private async Task NothingWasThere(CancellationToken cancellation)
    {
        var empty = await seed.Read(db => db.Set<QueueEntry>()
            .Where(q => q.DoneAt == null && db.Set<Item>().Any(i => i.Id == q.ItemId && i.PersonNeeded == null) && !db.Set<Matching.MediaFinding>().Any(f => f.ItemId == q.ItemId))
            .Select(q => q.ItemId).ToListAsync(cancellation));
        foreach (var item in empty)
        {
            await seed.Assess(item, staff.Of(Role.Analyst), illegal: false, cancellation);
            await seed.Assess(item, staff.Of(Role.SeniorAnalyst), illegal: false, cancellation);
        }
    }

    private async Task SettleOne(CancellationToken cancellation)
    {
        var unclear = await seed.Read(db => db.Set<Item>().AsNoTracking().FirstAsync(i => i.PersonNeeded == PersonNeeded.AddressUnclear, cancellation));
        await using var scope = seed.Services.CreateAsyncScope();
        await SettleByPerson.Handle(
            unclear.Id, "No host can have a name this long; nobody can be asked.", staff.Of(Role.SeniorAnalyst), scope.ServiceProvider.GetRequiredService<EgidaDb>(),
            scope.ServiceProvider.GetRequiredService<ActionBook>(), cancellation);
    }

    private Task<ItemId> Item(string page, CancellationToken cancellation)
    {
        var typed = new ReportedAddress(page);
        return seed.Read(db => db.Set<Item>().Where(i => i.AsTyped == typed).Select(i => i.Id).SingleAsync(cancellation));
    }
}
