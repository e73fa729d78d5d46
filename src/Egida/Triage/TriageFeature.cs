using Egida.Access;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.Extensions.Options;

namespace Egida.Triage;

/// <summary>The queue: who may take what, claim and release, what waits for a person.</summary>
public static class TriageFeature
{
    public static IServiceCollection AddTriage(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<TriageOptions>(configuration.GetSection("Triage"))
        .OnEvent<ItemRecognised>(e => new NewWork(EnqueueItem.Work, e.ItemId.Value))
        .AddWork<EnqueueItem>(EnqueueItem.Work)
        .AddNextAct<NextReading>(40, Right.ClaimItem, item => item is { ClosedAt: null, LastStation: < Station.Assessed, PersonNeeded: null })
        .AddNextAct<NextSettling>(65, Right.DecideRoute, item => item is { ClosedAt: null, PersonNeeded: not null and not PersonNeeded.NoRoute })
        .AddDuty(10, "Held", "/staff/assessment", Right.AssessItem, WaitingForMe.Held)
        .AddSingleton(s => Queued(s, 20, "ToSettle", Right.SettleDifference, WaitingForMe.ToSettle))
        .AddSingleton(s => Queued(s, 30, "ToRead", Right.ClaimItem, WaitingForMe.ToRead))
        .AddDuty(45, "ToDecide", "/staff/triage#person", Right.DecideRoute, WaitingForMe.ToDecide)
        .AddNavigation(40, "Triage", "/staff/triage", Right.SeeQueue);

    private static StaffDuty Queued(IServiceProvider services, int order, string word, Right right, Func<EgidaDb, CurrentStaff, DateTime, CancellationToken, Task<int>> count)
    {
        var lasts = services.GetRequiredService<IOptions<TriageOptions>>().Value.ClaimLasts;
        return new StaffDuty(order, word, "/staff/triage", right, (db, staff, now, cancellation) => count(db, staff, now - lasts, cancellation));
    }

    public static IEndpointRouteBuilder MapTriage(this IEndpointRouteBuilder routes)
    {
        var triage = routes.MapStaff("/triage");
        triage.MapGet("", ShowQueue.Get).RequireRight(Right.SeeQueue);
        triage.MapPost("/{itemId}/claim", ClaimItem.Post).RequireRight(Right.ClaimItem);
        triage.MapPost("/{itemId}/release", ReleaseItem.Post).RequireRight(Right.ClaimItem);
        triage.MapPost("/{itemId}/settle", SettleByPerson.Post).RequireRight(Right.DecideRoute);
        return routes;
    }
}
