using Egida.Access;
using Egida.Platform;

namespace Egida.HashBank.Sampling;

/// <summary>The quality officer's sampling: chance draws confirmed records, and somebody who had no part in them assesses them anew.</summary>
internal static class SamplingFeature
{
    public static IServiceCollection AddHashSampling(this IServiceCollection services) => services
        .AddSingleton(provider => SamplingTerms.Of(provider.GetRequiredService<CountryFolder>()))
        .AddScoped<MaterialHere>()
        .AddScoped<Frame>()
        .AddScoped<DrawSample>()
        .AddScoped<ShowSample>()
        .AddScoped<SetAsideSampled>();

    public static void MapSampling(this IEndpointRouteBuilder bank)
    {
        bank.MapGet("/samples", ListSamples.Get).RequireRight(Right.SeeHashSamples);
        bank.MapPost("/samples", DrawSample.Post).RequireRight(Right.DrawHashSample);
        bank.MapGet("/samples/{sampleId}", ShowSample.Get).RequireRight(Right.SeeHashSamples);
        bank.MapPost("/disputes/{disputeId}/set-aside", SetAsideSampled.Post).RequireRight(Right.DecideDispute);
    }
}
