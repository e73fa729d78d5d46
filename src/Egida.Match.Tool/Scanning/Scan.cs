using System.Threading.Channels;
using Egida.Match.Tool.Archives;
using Egida.Match.Tool.Files;

namespace Egida.Match.Tool.Scanning;

/// <summary>What to scan and how.</summary>
internal sealed record ScanOptions
{
    public required IReadOnlyList<RawPath> Roots { get; init; }

    /// <summary>How many files are worked on at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many more may wait for an answer.</summary>
    public int Waiting { get; init; }

    public int Slots => Threads + Waiting;

    public ArchiveLimits Archives { get; init; } = ArchiveLimits.Default;
}

/// <summary>Goes through all files and hands each line of the report on, in the order of the walk, however long each takes.</summary>
internal sealed class Scan(ScanOptions options, Judge judge)
{
    /// <summary>So many lines may wait for one that takes long.</summary>
    private const int MostWaiting = 256;

    /// <param name="after">Where an interrupted scan had come to.</param>
    /// <param name="take">Takes a line, or none at the end of a file's lines, and how far the scan has come with it.</param>
    public async Task Run(Place? after, Action<FileReport?, Place> take, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var slots = new SemaphoreSlim(options.Slots);
        var pending = Channel.CreateBounded<PendingLine>(MostWaiting);
        var walking = Task.Run(() => Walk(after, pending.Writer, slots, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var line in pending.Reader.ReadAllAsync(cancel)) take(line.Report is null ? null : await line.Report, line.Place);
            await walking;
        }
        finally
        {
            // Whoever still works ends before the list and the report are closed.
            await stop.CancelAsync();
            pending.Writer.TryComplete();
            await walking.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            for (var i = 0; i < options.Slots; i++) await slots.WaitAsync(CancellationToken.None);
        }
    }

    private async Task Walk(Place? after, ChannelWriter<PendingLine> pending, SemaphoreSlim slots, CancellationToken cancel)
    {
        Exception? failure = null;
        try
        {
            for (var root = 0; root < options.Roots.Count; root++)
            {
                foreach (var found in Files.Walk.Of(options.Roots[root]))
                {
                    cancel.ThrowIfCancellationRequested();
                    if ((after is null ? 0 : after.LinesOf(root, found.Path)) is not { } reported) continue;
                    var lines = new FileLines(judge, new(root, found.Path, 0, IsWhole: false), reported, pending, slots);
                    if (found.Problem is { } problem) await lines.Add(found.Path.ToString(), problem, cancel);
                    else await File(found.Path, isRoot: found.Path == options.Roots[root], lines, cancel);
                    await lines.End(cancel);
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
        pending.TryComplete(failure);
    }

    private async Task File(RawPath path, bool isRoot, FileLines lines, CancellationToken cancel)
    {
        try
        {
            await using var file = Kernel.Open(path, follow: isRoot);
            var head = new byte[Content.HeadLength];
            var form = ArchiveForms.Of(head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)));
            file.Position = 0;
            if (form == ArchiveForm.None)
            {
                await lines.AddWork(() => Plain(path, isRoot, cancel), cancel);
                return;
            }
            await lines.Add(path.ToString(), Content.Read(file, static (_, _) => 0, cancel), cancel);
            file.Position = 0;
            await new ArchiveScan(judge, lines).Run(path.ToString(), file, form, new(file.Length, options.Archives), cancel);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            await lines.Add(path.ToString(), Problem.Unreadable, cancel);
        }
    }

    private async Task<FileReport> Plain(RawPath path, bool isRoot, CancellationToken cancel)
    {
        Content content;
        try
        {
            await using var file = Kernel.Open(path, follow: isRoot);
            content = Content.Read(file, judge.Wanted, cancel);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new() { Path = path.ToString(), Problem = Problem.Unreadable };
        }
        return await judge.Of(path.ToString(), content, cancel);
    }

    private static bool IsUnreadable(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;
}
