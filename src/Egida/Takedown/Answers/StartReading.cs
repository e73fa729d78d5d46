using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown.Answers;

/// <summary>At the start of a process: where a mailbox is set, the work of reading it is in the table, once, and from there it comes due again and again.</summary>
internal sealed partial class StartReading(IServiceScopeFactory scopes, IOptions<TakedownOptions> options, ILogger<StartReading> log) : IHostedService
{
    public static readonly ActionKind Kind = new("takedown.begin-reading");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Inbox is not { Length: > 0 })
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<EgidaDb>();
            if (!await db.Set<WorkItem>().AnyAsync(w => w.Kind == ReadAnswers.WorkKind && w.DoneAt == null && w.ParkedAt == null, cancellationToken))
            {
                var action = scope.ServiceProvider.GetRequiredService<ActionBook>().Begin(Kind, SendNotice.Takedown, "notice-answers");
                action.Enqueue(new NewWork(ReadAnswers.WorkKind, ReadAnswers.Mailbox));
                await action.Commit(cancellationToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The next start, or another process, does it.
            LogNotStarted(log, e.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1091, LogLevel.Warning, "Reading the answers to notices couldn't be ordered ({Error}); the next start tries again")]
    private static partial void LogNotStarted(ILogger logger, string error);
}
