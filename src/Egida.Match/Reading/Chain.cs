namespace Egida.Match.Reading;

/// <summary>Which of the opened files go together: a full list and the deltas behind it, newest first.</summary>
internal sealed record Chain(IReadOnlyList<ListFile> NewestFirst, long Number, DateTimeOffset ValidUntil)
{
    /// <exception cref="ListRefusedException">They don't go together.</exception>
    public static Chain Of(IReadOnlyList<ListFile> files)
    {
        var full = files.Where(file => file.Header.IsFull).MaxBy(file => file.Header.Number)
            ?? throw DoesNotFit(files[0], "is a delta, and there is no full list with it", "Give the full list too.");
        foreach (var file in files) RequireSameAs(full, file);
        var (used, number, until) = (new List<ListFile> { full }, full.Header.Number, full.Header.ValidUntil);
        // What is older than the full list is in it.
        foreach (var file in files.Where(file => file.Header.Number >= full.Header.Number && file != full).OrderBy(file => file.Header.Number))
        {
            if (file.Header.Number == used[^1].Header.Number) throw DoesNotFit(file, $"has the same number as '{used[^1].Path}'", "Leave one of them out.");
            used.Add(file);
            if (file.Header.Since <= number) (number, until) = (file.Header.Number, file.Header.ValidUntil);
            // Withdrawals hold for every list before them, even if the deltas between are missing; they don't make it complete.
            else if (file.Records.Count > 0) throw DoesNotFit(file, $"goes on after number {file.Header.Since}, and the list before it is number {number}", "Fetch the deltas between them, or a newer full list.");
        }
        used.Reverse();
        return new(used, number, until);
    }

    private static void RequireSameAs(ListFile full, ListFile file)
    {
        if (file.Header.Series != full.Header.Series)
            throw DoesNotFit(file, $"is of the series '{file.Header.Series}', and '{full.Path}' of '{full.Header.Series}'", "Open each series on its own.");
        if (file.Header.Jurisdiction != full.Header.Jurisdiction)
            throw DoesNotFit(file, $"is classified for '{file.Header.Jurisdiction}', and '{full.Path}' for '{full.Header.Jurisdiction}'", "Fetch a full list for the jurisdiction that you want.");
    }

    private static ListRefusedException DoesNotFit(ListFile file, string what, string whatToDo) => new(ListProblem.DoesNotFit, file.Path, what, whatToDo);
}
