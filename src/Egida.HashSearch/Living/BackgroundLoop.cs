using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// A thread that takes steps while there are any, and then waits to be woken. A step that fails is tried again,
/// later and later.
/// </summary>
internal sealed class BackgroundLoop : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly AutoResetEvent _wake = new(true);
    private readonly SemaphoreSlim _stepped = new(0, 1);
    private readonly Func<CancellationToken, bool> _step;
    private readonly int _politeness;
    private readonly Thread _thread;
    private Exception? _failure;

    /// <param name="step">Returns false if there was nothing to do.</param>
    /// <param name="politeness">How far others go first: 0 not at all, 19 always.</param>
    public BackgroundLoop(string name, int politeness, Func<CancellationToken, bool> step)
    {
        (_step, _politeness) = (step, politeness);
        _thread = new(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Why the last step failed; null if it didn't.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    public void Wake() => _wake.Set();

    /// <summary>Waits until a step was taken or has failed, at most this long.</summary>
    public void WaitForStep(TimeSpan most) => _stepped.Wait(most);

    /// <summary>Waits for the step that is being taken. Who still wakes it does so in vain.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _thread.Join();
    }

    private void Run()
    {
        Posix.LetOthersGoFirst(_politeness);
        var pause = s_firstPause;
        while (!_stopping.IsCancellationRequested)
        {
            var wait = Timeout.InfiniteTimeSpan;
            try
            {
                while (_step(_stopping.Token)) Stepped(null);
                Volatile.Write(ref _failure, null);
                pause = s_firstPause;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Stepped(failure);
                wait = pause;
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
            WaitHandle.WaitAny([_stopping.Token.WaitHandle, _wake], wait);
        }
    }

    private void Stepped(Exception? failure)
    {
        Volatile.Write(ref _failure, failure);
        if (_stepped.CurrentCount == 0) _stepped.Release();
    }
}
