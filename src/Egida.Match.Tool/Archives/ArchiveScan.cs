using System.IO.Compression;
using Egida.Match.Tool.Files;
using Egida.Match.Tool.Scanning;
using Egida.Platform.Sandboxing;

namespace Egida.Match.Tool.Archives;

/// <summary>Looks into an archive, and into archives in it, without unpacking to a disk. Whatever is wrong with it becomes a line of the report.</summary>
/// <param name="judge">Looks up what is found.</param>
/// <param name="lines">Where lines go.</param>
internal sealed class ArchiveScan(Judge judge, FileLines lines)
{
    /// <param name="path">The archive, as it is reported.</param>
    /// <param name="file">It can seek.</param>
    public async Task Run(string path, Stream file, ArchiveForm form, Budget budget, CancellationToken cancel)
    {
        try
        {
            await Inside(path, file, form, budget, depth: 1, cancel);
        }
        catch (BombException)
        {
            await lines.Add(path + PathText.Into, Problem.Bomb, cancel);
        }
    }

    private async Task Inside(string path, Stream file, ArchiveForm form, Budget budget, int depth, CancellationToken cancel)
    {
        try
        {
            switch (form)
            {
                case ArchiveForm.Zip:
                    await Entries(path, ZipEntries.Of(file, budget.Limits), budget, depth, cancel);
                    break;
                case ArchiveForm.Tar:
                    await Entries(path, TarEntries.Of(file), budget, depth, cancel);
                    break;
                default:
                    await Unpacked(path, new CountedStream(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true), budget), budget, depth, cancel);
                    break;
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            await lines.Add(path + PathText.Into, Problem.DamagedArchive, cancel);
        }
    }

    private async Task Unpacked(string path, CountedStream content, Budget budget, int depth, CancellationToken cancel)
    {
        if (ArchiveForms.IsTar(content.Peek(Content.HeadLength))) await Entries(path, TarEntries.Of(content), budget, depth, cancel);
        else await Entry(path + PathText.Into + "content", content, budget, depth, cancel);
    }

    private async Task Entries(string path, IEnumerable<ArchiveEntry> entries, Budget budget, int depth, CancellationToken cancel)
    {
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            budget.TakeEntry();
            var name = path + PathText.Into + entry.Name;
            if (entry.Open is null) await lines.Add(name, entry.Problem!, cancel);
            else await EntryOrDamage(name, entry.Open, budget, depth, cancel);
        }
    }

    // One entry that can't be read doesn't hide those behind it.
    private async Task EntryOrDamage(string name, Func<Stream> open, Budget budget, int depth, CancellationToken cancel)
    {
        try
        {
            using var content = new CountedStream(open(), budget);
            await Entry(name, content, budget, depth, cancel);
        }
        catch (Exception e) when (IsDamage(e))
        {
            await lines.Add(name, Problem.DamagedArchive, cancel);
        }
    }

    private async Task Entry(string path, CountedStream stream, Budget budget, int depth, CancellationToken cancel)
    {
        var content = Content.Read(stream, (format, archive) => archive != ArchiveForm.None && depth < budget.Limits.Depth ? budget.Nested : judge.Wanted(format, archive), cancel);
        if (content.Archive == ArchiveForm.None)
        {
            await lines.Add(path, content, cancel);
            return;
        }

        var problem = depth >= budget.Limits.Depth ? Problem.TooDeep : content.Bytes is null ? Problem.TooLarge : null;
        await lines.Add(path, content with { Bytes = null }, cancel, problem);
        if (problem is not null || content.Bytes is not { } bytes) return;
        budget.Nested -= bytes.Length;
        using (var nested = new MemoryStream(bytes.ToArray(), writable: false)) await Inside(path, nested, content.Archive, budget, depth + 1, cancel);
        budget.Nested += bytes.Length;
    }

    // Readers of hostile archives fail in many ways. What says that the machine or the scan is at fault isn't among them.
    private static bool IsDamage(Exception e) => e is not (OperationCanceledException or BombException or SandboxUnavailableException or OutOfMemoryException or ScanStoppedException);
}
