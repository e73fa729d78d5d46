using System.Text;
using System.Text.Json;
using Egida.Evidence.Sealing;
using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <summary>
/// Does one page job: fetch the address, find what the page shows, fetch that, write down how it went, seal everything. What a server does ends in
/// marks; only our own disk can make this throw.
/// </summary>
internal sealed class CapturePage(
    GuardedFetch fetch, FetchLimits limits, CaptureFacts facts, IntakeKey intake, SpoolRoom room, string draft, TimeProvider clock)
{
    private const int PagePeek = 4 << 20;
    private const int MediaPeek = 64;

    private readonly List<ManifestObject> objects = [];
    private readonly List<string> missed = [];
    private readonly List<TransferLine> lines = [];
    private long bytes;

    /// <exception cref="TargetFailedException">The spool is full: the job must be tried again later.</exception>
    public async Task<Manifest> Run(SpoolJob job, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow().UtcDateTime;
        using var timer = new CancellationTokenSource(limits.Job, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var failure = Uri.TryCreate(job.Addresses[0], UriKind.Absolute, out var address)
            ? await Page(address, both.Token, cancellation)
            : "forbidden-address:unreadable";
        await Record(job, started, cancellation);
        return new Manifest
        {
            Job = job.Id,
            Kind = job.Kind,
            Tool = facts.Tool,
            StartedAt = started,
            FinishedAt = clock.GetUtcNow().UtcDateTime,
            Failure = failure,
            Objects = objects,
            Missed = missed,
        };
    }

    private async Task<string?> Page(Uri address, CancellationToken job, CancellationToken cancellation)
    {
        var (made, html, failure) = await Fetch(address, limits.PageBytes, PagePeek, found: false, job, cancellation);
        if (made is null || html is null)
        {
            return failure;
        }

        var links = MediaLinks.Find(html.Value.Text, html.Value.Address, limits.SubResources);
        foreach (var link in links.Take(limits.SubResources))
        {
            if (job.IsCancellationRequested || bytes > limits.JobBytes)
            {
                missed.Add(bytes > limits.JobBytes ? "job-size" : "job-time");
                cancellation.ThrowIfCancellationRequested();
                break;
            }

            if (link.Address is not null)
            {
                await Fetch(link.Address, limits.MediaBytes, MediaPeek, found: true, job, cancellation);
            }
            else
            {
                await Keep(EvidenceKind.Media, html.Value.Address, link.InlineType, link.Inline!, ["inline"], cancellation);
            }
        }

        if (links.Count > limits.SubResources)
        {
            missed.Add("too-many-resources");
        }

        return null;
    }

    private async Task<(ManifestObject? Made, (string Text, Uri Address)? Html, string? Failure)> Fetch(
        Uri address, long cap, int peek, bool found, CancellationToken job, CancellationToken cancellation)
    {
        ObjectInTheMaking? making = null;
        try
        {
            var transfer = await fetch.Get(address, cap, head => making = Begin(peek), job);
            if (making is null)
            {
                lines.Add(new TransferLine(null, address.AbsoluteUri, transfer));
                if (found)
                {
                    missed.Add(transfer.Failure!);
                }

                return (null, null, transfer.Failure);
            }

            var sealedFacts = await making.Finish(cancellation);
            bytes += sealedFacts.Size;
            var head = transfer.Head!;
            var kind = found || MediaSniff.IsMedia(head.MediaType, making.Start) ? EvidenceKind.Media : EvidenceKind.Page;
            var html = kind is EvidenceKind.Page && MediaSniff.MayBeHtml(head.MediaType) ? (Read(making.Start), head.Address) : ((string, Uri)?)null;
            var marks = html is not null && sealedFacts.Size > peek ? [.. transfer.Marks, "read:partly"] : transfer.Marks;
            lines.Add(new TransferLine(making.Id, address.AbsoluteUri, transfer));
            return (Add(making.Id, kind, address, head.MediaType, sealedFacts, marks), html, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The whole job's time ran out in the middle of this one: it isn't sealed, but it is said.
            missed.Add("job-time");
            if (making is not null)
            {
                File.Delete(Spool.ObjectFile(draft, making.Id));
            }

            return (null, null, "job-time");
        }
        finally
        {
            if (making is not null)
            {
                await making.Release();
            }
        }
    }

    private ObjectInTheMaking Begin(int peek)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        return new ObjectInTheMaking(id, Spool.ObjectFile(draft, id), room, peek);
    }

    private async Task<ManifestObject> Keep(
        EvidenceKind kind, Uri? address, string? mediaType, byte[] content, IReadOnlyList<string> marks, CancellationToken cancellation)
    {
        var making = Begin(0);
        try
        {
            await making.WriteAsync(content, cancellation);
            return Add(making.Id, kind, address, mediaType, await making.Finish(cancellation), marks);
        }
        catch (IOException e)
        {
            throw new TargetFailedException(e);
        }
        finally
        {
            await making.Release();
        }
    }

    private ManifestObject Add(Guid id, EvidenceKind kind, Uri? address, string? mediaType, SealedFacts made, IReadOnlyList<string> marks)
    {
        var wrapped = intake.Wrap(made.Key);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(made.Key);
        var one = new ManifestObject(
            id, kind, address?.AbsoluteUri ?? "", mediaType, made.Size, made.Sha256, made.SealedSize, made.SealedSha256, wrapped, marks, clock.GetUtcNow().UtcDateTime);
        objects.Add(one);
        return one;
    }

    /// <summary>The record is made even when nothing came: that nothing came, and from where, is evidence.</summary>
    private async Task Record(SpoolJob job, DateTime started, CancellationToken cancellation)
    {
        var record = new TransferRecord(job.Id, facts, started, clock.GetUtcNow().UtcDateTime, lines);
        await Keep(EvidenceKind.Transfer, null, "application/json", JsonSerializer.SerializeToUtf8Bytes(record, Manifest.Json), [], cancellation);
    }

    private static string Read(ReadOnlySpan<byte> start)
    {
        using var reader = new StreamReader(new MemoryStream(start.ToArray()), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}

/// <summary>What the capture process is, for the record.</summary>
internal sealed record CaptureFacts(string Tool, string UserAgent, bool ThroughEgress);

internal sealed record TransferRecord(string Job, CaptureFacts Capture, DateTime StartedAt, DateTime FinishedAt, IReadOnlyList<TransferLine> Transfers);

internal sealed record TransferLine(Guid? Object, string Asked, Transfer How);
