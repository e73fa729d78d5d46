namespace Egida.HashBank.Imports.Formats;

/// <summary>The forms in which partners hand over hashes. Plain lists of digests are <c>HashList</c>'s.</summary>
internal static class FormatsFeature
{
    public static IServiceCollection AddImportFormats(this IServiceCollection services) => services
        .AddSingleton<VicsCategories>()
        .AddSingleton<IImportFormat>(s => new VicsFormat(s.GetRequiredService<VicsCategories>()))
        .AddSingleton<IImportFormat>(new IcseFormat())
        .AddSingleton<IImportFormat>(new ArachnidListFormat())
        .AddSingleton<IImportFormat>(new ArachnidAnswersFormat())
        .AddSingleton<IImportFormat>(new PhotoDnaListFormat())
        .AddSingleton<IImportFormat>(new NcmecFormat())
        .AddSingleton<IImportFormat>(new StopNciiFormat())
        .AddSingleton<IImportFormat>(new ThreatExchangeFormat())
        .AddSingleton<IImportFormat>(new HmaJsonFormat())
        .AddSingleton<IImportFormat>(new HmaCsvFormat());
}
