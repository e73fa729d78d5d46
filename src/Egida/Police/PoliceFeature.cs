using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police;

/// <summary>Sealed packages and their hand-over.</summary>
public static class PoliceFeature
{
    public static IServiceCollection AddPolice(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PoliceOptions>().Bind(configuration.GetSection("Police")).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<PoliceOptions>, PoliceOptionsCheck>()
            .AddSingleton<PackageFolder>()
            .AddWork<BuildPolicePackage>(BuildPolicePackage.WorkKind)
            .AddWork<SendPoliceMail>(SendPoliceMail.WorkKind)
            .AddScoped<FetchPolicePackage>()
            .AddDuty(50, "Packages", "/staff/police", Right.FetchPolicePackage, (db, _, _, cancellation) => db.Set<PolicePackage>()
                .CountAsync(p => p.SealedAt != null && p.Fetches == 0, cancellation))
            .AddFinder(Right.SeePolicePackages, async (db, typed, cancellation) => await db.Set<PolicePackage>().Where(p => p.Reference == typed.ToUpperInvariant())
                .Select(p => new Found("Police", p.Reference, $"/staff/police/{p.Id}")).ToListAsync(cancellation))
            .AddNavigation(70, "Police", "/staff/police", Right.SeePolicePackages)
            .AddItemSection<PoliceSection>(70, Right.SeePolicePackages)
            .OnEvent<ItemRouted>((e, _) => e.Acts.Any(a => a.Kind == ActKind.Police) ? [new NewWork(BuildPolicePackage.WorkKind, e.ItemId.Value)] : [])
            .OnEvent<PolicePackageSealed>(e => new NewWork(SendPoliceMail.WorkKind, e.PackageId));
    }

    public static IEndpointRouteBuilder MapPolice(this IEndpointRouteBuilder routes)
    {
        var police = routes.MapStaff("/police");
        police.MapGet("", ShowPolicePackages.List).RequireRight(Right.SeePolicePackages);
        police.MapGet("/{packageId}", ShowPolicePackages.One).RequireRight(Right.SeePolicePackages);
        police.MapGet("/{packageId}/download", FetchPolicePackage.Get).RequireRight(Right.FetchPolicePackage);
        return routes;
    }

    private sealed class PoliceOptionsCheck : IValidateOptions<PoliceOptions>
    {
        public ValidateOptionsResult Validate(string? name, PoliceOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
