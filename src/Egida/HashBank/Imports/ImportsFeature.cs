using Egida.Platform.Work;

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
            .AddWork<ApplyTrust>(ApplyTrust.WorkKind)
            .AddScoped<ChangeTrust>()
            .AddScoped<AdmitSource>();
    }
}
