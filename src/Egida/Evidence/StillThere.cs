using Egida.Evidence.Capture;
using Egida.Intake;
using Egida.Platform.Work;

namespace Egida.Evidence;

/// <summary>
/// Asks the capture process whether reported addresses still answer, keeping nothing. A question has a name; asking it again changes nothing, so a
/// work handler asks, returns what <see cref="Waiting"/> says until an answer is there, commits what it decided, then forgets the question.
/// </summary>
public sealed class StillThere
{
    private readonly Spool spool;
    private readonly CaptureSettings settings;
    private readonly TimeProvider clock;

    internal StillThere(Spool spool, CaptureSettings settings, TimeProvider clock) =>
        (this.spool, this.settings, this.clock) = (spool, settings, clock);

    /// <param name="question">a-z, 0-9 and '-', 80 at most: for instance the id of what is being followed and the number of the check.</param>
    /// <param name="addresses">The item's own first; 100 at most.</param>
    /// <returns>One finding per address, in order; null while the capture process is at it.</returns>
    /// <exception cref="IOException">The spool can't be written.</exception>
    public IReadOnlyList<StillThereFinding>? Ask(string question, IReadOnlyList<ReportedAddress> addresses)
    {
        var job = JobOf(question, addresses);
        return spool.Ask(job) is null && spool.Drop(job.Id) is { } drop
            ? [.. DropCheck.Check(drop, job, settings.Limits).Findings.Select(Finding)]
            : null;
    }

    /// <summary>What the handler returns meanwhile: Later, or TryAgain once the operator should hear of it.</summary>
    public WorkOutcome Waiting(string question, IReadOnlyList<ReportedAddress> addresses)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return spool.Wait(settings, now - (spool.Ask(JobOf(question, addresses)) ?? now));
    }

    /// <summary>After the commit of what was decided on the answer.</summary>
    public void Forget(string question) => spool.Forget($"probe-{question}");

    private SpoolJob JobOf(string question, IReadOnlyList<ReportedAddress> addresses) =>
        new($"probe-{question}", JobKind.Probe, [.. addresses.Select(a => a.Reveal())], clock.GetUtcNow().UtcDateTime);

    internal static StillThereFinding Finding(ProbeFinding found) => found switch
    {
        { Failure: "host-unknown" } => new StillThereFinding.Gone("host-unknown"),
        { Failure: { } why } when why.StartsWith("forbidden-", StringComparison.Ordinal) => new StillThereFinding.Forbidden(why),
        { Failure: { } why } => new StillThereFinding.Unreachable(why),
        { Status: 404 or 410 or 451 } => new StillThereFinding.Gone($"status-{found.Status}"),
        { Status: >= 200 and < 300, Sha256: { } sha256 } => new StillThereFinding.Present(Convert.FromHexString(sha256), found.Size, found.MediaType),
        _ => new StillThereFinding.Unreachable($"status-{found.Status}"),
    };
}

/// <summary>What one address answered. Reasons are codes.</summary>
public abstract record StillThereFinding
{
    private StillThereFinding()
    {
    }

    /// <param name="Sha256">Of the content as it is now: equal to an evidence object's means that the very same is still there.</param>
    public sealed record Present(byte[] Sha256, long Size, string? MediaType) : StillThereFinding;

    /// <summary>The host says that it isn't there (404, 410, 451), or the host's name is gone.</summary>
    public sealed record Gone(string Reason) : StillThereFinding;

    /// <summary>Says nothing about whether it is there: no connection, a server's error, a refusal.</summary>
    public sealed record Unreachable(string Reason) : StillThereFinding;

    /// <summary>The name leads to reserved address space now; nothing was connected to.</summary>
    public sealed record Forbidden(string Reason) : StillThereFinding;
}
