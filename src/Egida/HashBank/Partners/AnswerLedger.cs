namespace Egida.HashBank.Partners;

/// <summary>
/// Counts and notes answers before they go out. Requests that come while one group is being written are the next group: one commit and one entry in the log for all of
/// them. An answer waits for its group; if that can't be written, none of its answers go out.
/// </summary>
internal sealed class AnswerLedger(IServiceScopeFactory scopes)
{
    private const int MostTogether = 64;

    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = [];
    private bool isWriting;

    private sealed record Waiting(AnswerNote Note, TaskCompletionSource Written);

    /// <summary>Ends when the note is in the database. Whoever stops waiting has been counted all the same.</summary>
    public Task Write(AnswerNote note, CancellationToken cancellation)
    {
        var one = new Waiting(note, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            waiting.Enqueue(one);
            if (!isWriting)
            {
                isWriting = true;
                _ = Task.Run(WriteGroups, CancellationToken.None);
            }
        }

        return one.Written.Task.WaitAsync(cancellation);
    }

    private async Task WriteGroups()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<NoteAnswers>().Handle(group.ConvertAll(w => w.Note), CancellationToken.None);
                group.ForEach(w => w.Written.SetResult());
            }
            catch (Exception e)
            {
                // Whatever it was, those who wait must learn it; the next group is another one.
                group.ForEach(w => w.Written.SetException(e));
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (gate)
        {
            var group = new List<Waiting>();
            while (group.Count < MostTogether && waiting.TryDequeue(out var one)) group.Add(one);
            isWriting = group.Count > 0;
            return group;
        }
    }
}
