namespace Egida.Platform.Fetching;

/// <summary>
/// The whole-transfer deadline and the least acceptable rate in one timer: a body earns time with the bytes it brings, up to the limit.
/// HttpClient's own time-out ends with the headers, so a slow drip would never meet it.
/// </summary>
internal sealed class Pace : IDisposable
{
    private readonly FetchLimits limits;
    private readonly TimeProvider clock;
    private readonly long started;
    private long received;
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration outer;

    public Pace(FetchLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        (this.limits, this.clock, started) = (limits, clock, clock.GetTimestamp());
        source = new CancellationTokenSource(Allowance(0), clock);
        outer = cancellation.Register(source.Cancel);
    }

    public CancellationToken Token => source.Token;

    /// <summary>By what was allowed, not by what the clock says: a timer may fire a moment early.</summary>
    public string WhyStopped => Allowance(received) == limits.Transfer ? "truncated:time" : "truncated:slow";

    public void Received(long bytes)
    {
        received = bytes;
        var left = Allowance(bytes) - clock.GetElapsedTime(started);
        source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    public void Dispose()
    {
        outer.Dispose();
        source.Dispose();
    }

    private TimeSpan Allowance(long bytes)
    {
        var earned = limits.Grace + TimeSpan.FromSeconds((double)bytes / limits.MinBytesPerSecond);
        return earned < limits.Transfer ? earned : limits.Transfer;
    }
}
