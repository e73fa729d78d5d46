namespace Egida.HashBank.Index;

/// <summary>The thread on which an index is kept: what is in memory goes to the disk, segments are merged. A step that fails, as on a full disk, is tried again, later and later.</summary>
internal sealed class IndexKeeper : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stopping = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly ManualResetEventSlim stepped = new();
    private readonly Func<CancellationToken, bool> step;
    private readonly Action<CancellationToken> begin;
    private readonly Thread thread;
    private volatile Exception? failure;

    /// <param name="step">False if there was nothing to do.</param>
    /// <param name="begin">What is done once, when nothing else is to be done.</param>
    public IndexKeeper(Func<CancellationToken, bool> step, Action<CancellationToken> begin)
    {
        (this.step, this.begin) = (step, begin);
        thread = new Thread(Run) { IsBackground = true, Name = "Egida hash index" };
        thread.Start();
    }

    /// <summary>Why the last step failed; null if it didn't.</summary>
    public Exception? Failure => failure;

    public void Wake() => wake.Set();

    /// <summary>Until what waits for the disk has become less.</summary>
    /// <exception cref="IOException">It can't.</exception>
    public void WaitForRoom(Func<bool> isRoom)
    {
        while (!isRoom())
        {
            if (failure is { } why)
            {
                throw new IOException($"The index of the hash bank takes nothing more while it can't be written: {why.Message}", why);
            }

            stepped.Wait(TimeSpan.FromMilliseconds(50));
            stepped.Reset();
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        thread.Join();
        stopping.Dispose();
    }

    private void Run()
    {
        var (pause, isNew) = (FirstPause, true);
        while (!stopping.IsCancellationRequested)
        {
            var wait = Timeout.InfiniteTimeSpan;
            try
            {
                while (!stopping.IsCancellationRequested && step(stopping.Token)) stepped.Set();
                if (isNew) begin(stopping.Token);
                (failure, pause, isNew) = (null, FirstPause, false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failure = e;
                stepped.Set();
                (wait, pause) = (pause, pause * 2 < LongestPause ? pause * 2 : LongestPause);
            }

            WaitHandle.WaitAny([stopping.Token.WaitHandle, wake], wait);
        }
    }
}
