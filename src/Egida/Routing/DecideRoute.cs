using Egida.Access;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Routing;

/// <summary>Where no rule could name anybody, somebody here decides whose case it is, and says why.</summary>
public static class DecideRoute
{
    public const int LongestReason = 1000;

    public static readonly ActionKind Kind = new("routing.decide-route") { ReasonRequired = true };

    /// <param name="Way">`police`, `police-then-provider`, `provider` or `sister-hotline`.</param>
    public sealed record Input(string Way, string Country, string Reason);

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Decided(IReadOnlyList<RoutedAct> Acts, string? Country) : Outcome;

        /// <param name="Problems">Field and text key.</param>
        public sealed record Refused(IReadOnlyList<(string Field, string Text)> Problems) : Outcome;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapStaff("/routing");
        group.MapGet("/{itemId}", Show).RequireRight(Right.DecideRoute);
        group.MapPost("/{itemId}", Post).RequireRight(Right.DecideRoute);
    }

    /// <param name="policeDone">The police were routed to before: they aren't told twice, and a notice waits only until they were told.</param>
    internal static Outcome Decide(Input input, ProviderContact? provider, ContactBook contacts, string home, string? country, bool policeDone)
    {
        var problems = new List<(string, string)>();
        if (string.IsNullOrWhiteSpace(input.Reason) || input.Reason.Length > LongestReason)
        {
            problems.Add(("reason", "routing.problem.reason"));
        }

        var hotline = contacts.HotlineOf(input.Country);
        IReadOnlyList<RoutedAct> acts = input.Way switch
        {
            "police" when !policeDone => [new RoutedAct(ActKind.Police, home, null)],
            "police-then-provider" when !policeDone && provider is not null =>
                [new RoutedAct(ActKind.Police, home, null), new RoutedAct(ActKind.Provider, country, ActKind.Police)],
            // Routed to before isn't told: the notice waits for that.
            "provider" when provider is not null => [new RoutedAct(ActKind.Provider, country, policeDone ? ActKind.Police : null)],
            "sister-hotline" when hotline is not null => [new RoutedAct(ActKind.SisterHotline, hotline.Country, null)],
            _ => [],
        };
        if (acts.Count == 0)
        {
            problems.Add(input.Way switch
            {
                "police" => ("way", "routing.problem.police-done"),
                "police-then-provider" when policeDone => ("way", "routing.problem.police-done"),
                "provider" or "police-then-provider" => ("way", "routing.problem.provider"),
                "sister-hotline" => ("country", "routing.problem.hotline"),
                _ => ("way", "routing.problem.way"),
            });
        }

        return problems.Count > 0 ? new Outcome.Refused(problems) : new Outcome.Decided(acts, acts[0].Kind == ActKind.SisterHotline ? input.Country : country);
    }

    private static async Task<IResult> Show(ItemId itemId, HttpContext context, EgidaDb db, ContactBook contacts, CancellationToken cancellation) =>
        await Load(itemId, db, contacts, cancellation) is { } waiting
            ? Page.Of<DecideRoutePage>(new { Waiting = waiting })
            : Problems.Page(context, StatusCodes.Status404NotFound);

    private static async Task<IResult> Post(
        ItemId itemId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, ContactBook contacts, RoutingRules rules, Words words, CancellationToken cancellation)
    {
        if (await Load(itemId, db, contacts, cancellation) is not { } waiting)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        var input = new Input(form["way"].ToString(), form["country"].ToString(), form["reason"].ToString());
        var outcome = Decide(input, waiting.Provider, contacts, rules.Home, waiting.Trace?.Country, waiting.PoliceDone);
        if (outcome is not Outcome.Decided decided)
        {
            var errors = ((Outcome.Refused)outcome).Problems.Select(p => new FormError(p.Field, words[p.Text])).ToList();
            return Page.Of<DecideRoutePage>(new { Waiting = waiting, Input = input, Errors = errors }, StatusCodes.Status422UnprocessableEntity);
        }

        var item = await db.Set<Item>().SingleAsync(i => i.Id == itemId, cancellation);
        var action = actions.Begin(Kind, staff.Actor, itemId.Subject, input.Reason);
        await RouteItem.Apply(action, item, RoutingDecision.ByPerson, decided.Acts, decided.Country, waiting.Trace?.Id, cancellation);
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect($"/staff/items/{itemId}#routing");
    }

    /// <summary>Null when the item doesn't wait for a route.</summary>
    private static async Task<WaitingForRoute?> Load(ItemId itemId, EgidaDb db, ContactBook contacts, CancellationToken cancellation)
    {
        var item = await db.Set<Item>().AsNoTracking()
            .SingleOrDefaultAsync(i => i.Id == itemId && i.PersonNeeded == PersonNeeded.NoRoute && i.ClosedAt == null, cancellation);
        if (item is null)
        {
            return null;
        }

        var trace = await db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == itemId).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        var moved = await db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == itemId && t.MovedFrom != null).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        var from = moved is null ? null : await db.Set<HostingTrace>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == moved.MovedFrom, cancellation);
        var before = await db.Set<RoutingDecision>().AsNoTracking().Where(d => d.ItemId == itemId).ToListAsync(cancellation);
        return new WaitingForRoute(
            item, trace, trace is null ? null : contacts.ProviderOf(trace), before.SelectMany(d => d.Acts).Any(a => a.Kind == ActKind.Police))
        {
            Moved = moved is not null && from is not null ? (from.Place, moved.Place) : null,
        };
    }
}

/// <summary>An item that no rule could route, and what is known for the decision.</summary>
public sealed record WaitingForRoute(Item Item, HostingTrace? Trace, ProviderContact? Provider, bool PoliceDone)
{
    /// <summary>From which place to which, if it ever moved: often why it waits here.</summary>
    public (string From, string To)? Moved { get; init; }
}
