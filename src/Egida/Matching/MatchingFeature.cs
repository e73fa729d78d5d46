using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Sandboxing;
using Egida.Platform.Web;
using Egida.Platform.Work;

namespace Egida.Matching;

/// <summary>Known or not: exact and near look-up of what was captured.</summary>
public static class MatchingFeature
{
    public static IServiceCollection AddMatching(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(s => new MediaSandbox(s.GetRequiredService<TimeProvider>()))
        .AddWork<RecogniseItem>(RecogniseItem.Work)
        .OnEvent<ItemCaptured>(e => new NewWork(RecogniseItem.Work, e.ItemId.Value))
        .AddNavigation(35, "Matching", "/staff/matching", Right.SeeMatches)
        .AddItemSection<MatchingSection>(40, Right.SeeMatches);

    public static IEndpointRouteBuilder MapMatching(this IEndpointRouteBuilder routes)
    {
        routes.MapStaff("/matching").MapGet("", ListFindings.Get).RequireRight(Right.SeeMatches);
        return routes;
    }
}
