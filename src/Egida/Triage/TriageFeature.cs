using Egida.Access;
using Egida.Evidence;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;

namespace Egida.Triage;

/// <summary>The queue: who may take what, claim and release, what waits for a person.</summary>
public static class TriageFeature
{
    public static IServiceCollection AddTriage(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<TriageOptions>(configuration.GetSection("Triage"))
        .OnEvent<ItemRecognised>(e => new NewWork(EnqueueItem.Work, e.ItemId.Value))
        .OnEvent<ItemNotCaptured>(e => new NewWork(EnqueueItem.Work, e.ItemId.Value))
        .AddWork<EnqueueItem>(EnqueueItem.Work)
        .AddNavigation(40, "Triage", "/staff/triage", Right.SeeQueue);

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
