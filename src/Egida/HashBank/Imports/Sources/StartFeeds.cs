using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources;

/// <summary>At the start of a process: each feed of the settings has its work in the table, from where it orders itself again and again.</summary>
internal sealed partial class StartFeeds(IServiceScopeFactory scopes, IOptions<FeedsOptions> options, ILogger<StartFeeds> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Feeds.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Order(scope.ServiceProvider.GetRequiredService<EgidaDb>(), scope.ServiceProvider.GetRequiredService<ActionBook>(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next start, or another process, does it.
            LogNotStarted(log, e.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Order(EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        foreach (var name in options.Value.Feeds.Keys.Order(StringComparer.Ordinal))
        {
            var subject = FollowFeed.SubjectOf(name);
            if (!await db.Set<WorkItem>().AnyAsync(w => w.Kind == FollowFeed.WorkKind && w.SubjectId == subject && w.DoneAt == null, cancellation))
            {
                var action = actions.Begin(FollowFeed.Kinds.Begin, Actor.System("hash-feeds"), $"hash-feed:{name}");
                action.Enqueue(FollowFeed.WorkFor(name));
                await action.Commit(cancellation);
            }
        }
    }

    [LoggerMessage(1090, LogLevel.Warning, "The hash feeds' work couldn't be ordered ({Error}); the next start tries again")]
    private static partial void LogNotStarted(ILogger logger, string error);
}
