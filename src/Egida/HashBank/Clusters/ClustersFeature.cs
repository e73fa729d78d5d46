using Egida.Access;

namespace Egida.HashBank.Clusters;

internal static class ClustersFeature
{
    /// <summary>For the process that serves the web site: it has an index anyway.</summary>
    public static IServiceCollection AddClusterFollower(this IServiceCollection services) => services.AddHostedService<ClusterFollower>();

    public static IServiceCollection AddClusters(this IServiceCollection services) => services.AddSingleton<ClusterKeeper>();

    public static void MapClusters(this RouteGroupBuilder bank)
    {
        bank.MapGet("/clusters", ListClusters.Get).RequireRight(Right.SeeHashRecords);
        bank.MapGet("/clusters/{recordId}", ShowCluster.Get).RequireRight(Right.SeeHashRecords);
    }
}
