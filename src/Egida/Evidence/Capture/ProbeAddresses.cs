using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <summary>Does one probe job: fetches each address as a capture would and keeps nothing but its hash and how it went.</summary>
internal sealed class ProbeAddresses(GuardedFetch fetch, FetchLimits limits, CaptureFacts facts, TimeProvider clock)
{
    public async Task<Manifest> Run(SpoolJob job, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow().UtcDateTime;
        using var timer = new CancellationTokenSource(limits.Job, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var findings = new List<ProbeFinding>();
        foreach (var address in job.Addresses.Take(limits.SubResources))
        {
            findings.Add(await One(address, both.Token, cancellation));
        }

        return new Manifest
        {
            Job = job.Id,
            Kind = job.Kind,
            Tool = facts.Tool,
            StartedAt = started,
            FinishedAt = clock.GetUtcNow().UtcDateTime,
            Findings = findings,
        };
    }

    private async Task<ProbeFinding> One(string address, CancellationToken job, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return new ProbeFinding("forbidden-address:unreadable", null, null, 0, null, []);
        }

        try
        {
            var transfer = await fetch.Get(uri, limits.MediaBytes, _ => Stream.Null, job);
            return new ProbeFinding(transfer.Failure, transfer.Head?.Status, transfer.Head?.MediaType, transfer.Bytes, transfer.Sha256, transfer.Marks);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeFinding("job-time", null, null, 0, null, []);
        }
    }
}
