using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Files;

/// <summary>Something that a walk came across: a file to look at, or something that isn't one, and why.</summary>
/// <param name="Path">Where.</param>
/// <param name="Length">Of a file.</param>
/// <param name="Problem">Null for a file.</param>
internal readonly record struct Found(RawPath Path, long Length, Problem? Problem);

/// <summary>
/// All files below a path, in an order that is always the same: that of the names' bytes. Links aren't followed, so there are no loops; they and
/// everything else that isn't a file are reported.
/// </summary>
internal static class Walk
{
    /// <param name="root">A file or folder; a link is followed.</param>
    public static IEnumerable<Found> Of(RawPath root)
    {
        // What is still to be seen, the next on top. Of each folder on the way all names are known, and no more.
        var pending = new Stack<(RawPath Path, bool IsRoot)>();
        pending.Push((root, true));
        while (pending.TryPop(out var next))
        {
            var (path, isRoot) = next;
            if (Kernel.Look(path, follow: isRoot) is not { } seen)
            {
                yield return new(path, 0, Problem.Unreadable);
                continue;
            }
            switch (seen.Form)
            {
                case FileForm.File:
                    yield return new(path, seen.Length, null);
                    break;
                case FileForm.Link:
                    yield return new(path, 0, Problem.Link);
                    break;
                case FileForm.Special:
                    yield return new(path, 0, Problem.Special);
                    break;
                default:
                    if (TryNames(path) is not { } names) yield return new(path, 0, Problem.Unreadable);
                    else for (var i = names.Count - 1; i >= 0; i--) pending.Push((path.Child(names[i]), false));
                    break;
            }
        }
    }

    private static List<byte[]>? TryNames(RawPath folder)
    {
        try
        {
            return Kernel.Names(folder);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
