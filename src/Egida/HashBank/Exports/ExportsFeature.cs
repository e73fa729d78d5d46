namespace Egida.HashBank.Exports;

/// <summary>How our own hashes go out.</summary>
internal static class ExportsFeature
{
    public static IServiceCollection AddHashExports(this IServiceCollection services) => services
        .AddSingleton<IExportFormat, VicsExport>()
        .AddSingleton<IExportFormat, IcseExport>()
        .AddSingleton<IExportFormat, NcmecExport>()
        .AddSingleton<IExportFormat, CsvExport>()
        .AddScoped<ExportRecords>()
        .AddScoped<ExportHashes>();
}
