using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Work;

namespace Egida.HashBank.Imports.Sources;

/// <summary>Services that hashes come from by themselves. None is asked that isn't in the settings.</summary>
internal static class SourcesFeature
{
    public static IServiceCollection AddHashFeeds(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<FeedsOptions>(configuration.GetSection("HashSources"))
        .AddSingleton<FeedHttp>()
        .AddSingleton<IHashFeed, NcmecFeed>()
        .AddSingleton<IHashFeed, StopNciiFeed>()
        .AddSingleton<IHashFeed, ThreatExchangeFeed>()
        .AddSingleton<IHashFeed, ArachnidFeed>()
        .AddHostedService<StartFeeds>()
        .AddWork<FollowFeed>(FollowFeed.WorkKind)
        .AddWork<SendFeedback>(SendFeedback.WorkKind)
        .OnEvent<HashRecordDisputed>((e, _) => IsOn(configuration) ? [SendFeedback.WorkFor(e.RecordId)] : [])
        .OnEvent<HashRecordWithdrawn>((e, _) => IsOn(configuration) ? [SendFeedback.WorkFor(e.RecordId)] : [])
        .OnEvent<HashDisputeDecided>((e, _) => e.RecordId is { } record && IsOn(configuration) ? [SendFeedback.WorkFor(record)] : []);

    private static bool IsOn(IConfiguration configuration) => configuration.GetSection("HashSources:Feeds").GetChildren().Any(f => f["Kind"] == "ncmec");
}
