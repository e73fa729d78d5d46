using Egida.Access;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>How hashes come into the bank by the million.</summary>
internal static class ImportsFeature
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        foreach (var list in HashList.All)
        {
            services.AddSingleton<IImportFormat>(list);
        }

        return services
            .AddSingleton<KnownBank>()
            .AddSingleton<ImportReports>()
            .AddSingleton<ImportBrake>()
            .AddSingleton<Importer>()
            .AddScoped<BeginImport>()
            .AddScoped<KeepBatch>()
            .AddScoped<HoldImport>()
            .AddScoped<EndImport>()
            .AddScoped<ReleaseImport>()
            .AddDuty(55, "HashImports", ListImports.Path, Right.ReleaseHashImport, (db, _, _, cancellation) =>
                db.Set<ImportRun>().CountAsync(r => r.State == ImportState.Held && r.ReleasedBy == null, cancellation))
            .AddWork<ApplyTrust>(ApplyTrust.WorkKind)
            .AddScoped<ChangeTrust>()
            .AddScoped<AdmitSource>();
    }

    public static void MapImports(this IEndpointRouteBuilder bank)
    {
        bank.MapGet("/imports", ListImports.Get).RequireRight(Right.SeeHashImports);
        bank.MapGet("/imports/{importId}/refused", ListImports.Refused).RequireRight(Right.SeeHashImports);
        bank.MapPost("/imports/sources", AdmitSource.Post).RequireRight(Right.AdmitHashSource);
        bank.MapPost("/imports/trust", ChangeTrust.Post).RequireRight(Right.AdmitHashSource);
    }
}
