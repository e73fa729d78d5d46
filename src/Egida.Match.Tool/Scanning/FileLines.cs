using System.Threading.Channels;

namespace Egida.Match.Tool.Scanning;

/// <summary>The results are being taken no longer.</summary>
internal sealed class ScanStoppedException : Exception;

/// <summary>A line of the report that is being worked on; without a report, the end of a file's lines.</summary>
internal readonly record struct PendingLine(Place Place, Task<FileReport>? Report);

/// <summary>
/// The lines of one file, in their order: what takes long is worked on at the same time, up to a number of things at once. Lines that an interrupted scan has
/// reported are left out.
/// </summary>
internal sealed class FileLines(Judge judge, Place begin, int reported, ChannelWriter<PendingLine> pending, SemaphoreSlim slots)
{
    private int _count;

    /// <summary>Whether the next line is in the report already.</summary>
    private bool IsReported => _count < reported;

    /// <summary>A line that only says why there is nothing to say.</summary>
    public Task Add(string path, Problem problem, CancellationToken cancel) => Add(() => Task.FromResult(new FileReport { Path = path, Problem = problem }), cancel);

    /// <summary>A line for something that was read.</summary>
    public async Task Add(string path, Content content, CancellationToken cancel, Problem? problem = null)
    {
        if (IsReported) _count++;
        else if (content.Bytes is null) await Add(() => Judged(path, content, problem, cancel), cancel);
        else await AddWork(() => Judged(path, content, problem, cancel), cancel);
    }

    /// <summary>A line that is worked on when there is a free slot.</summary>
    public async Task AddWork(Func<Task<FileReport>> work, CancellationToken cancel)
    {
        if (IsReported)
        {
            _count++;
            return;
        }
        await slots.WaitAsync(cancel);
        await Add(() => Task.Run(async () =>
        {
            try
            {
                return await work();
            }
            finally
            {
                slots.Release();
            }
        }, CancellationToken.None), cancel);
    }

    /// <summary>No more lines of this file follow.</summary>
    public Task End(CancellationToken cancel) => Send(new(begin with { Lines = _count, IsWhole = true }, null), cancel);

    private async Task Add(Func<Task<FileReport>> report, CancellationToken cancel)
    {
        _count++;
        if (_count <= reported) return;
        await Send(new(begin with { Lines = _count }, report()), cancel);
    }

    private async Task Send(PendingLine line, CancellationToken cancel)
    {
        try
        {
            await pending.WriteAsync(line, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ScanStoppedException();
        }
    }

    private async Task<FileReport> Judged(string path, Content content, Problem? problem, CancellationToken cancel)
    {
        var report = await judge.Of(path, content, cancel);
        return problem is null ? report : report with { Problem = problem };
    }
}
