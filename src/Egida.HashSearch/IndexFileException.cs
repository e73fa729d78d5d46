namespace Egida.HashSearch;

/// <summary>What is wrong with an index file.</summary>
public enum IndexFileProblem
{
    /// <summary>It doesn't begin as an index file of this library.</summary>
    NotAnIndex,

    /// <summary>It is an index of this library, but of another kind.</summary>
    OtherKind,

    /// <summary>It was made by a newer version of this library.</summary>
    NewerVersion,

    /// <summary>It ends too early.</summary>
    Truncated,

    /// <summary>Its bytes aren't those that were written.</summary>
    Damaged,
}

/// <summary>An index file can't be used. The message names the file, what is wrong where, and what to do.</summary>
public sealed class IndexFileException : IOException
{
    internal IndexFileException(IndexFileProblem problem, string path, string message) : base(message) => (Problem, Path) = (problem, path);

    /// <summary>What is wrong.</summary>
    public IndexFileProblem Problem { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    internal static IndexFileException NotAnIndex(string path) =>
        new(IndexFileProblem.NotAnIndex, path, $"'{path}' is not an index file of Egida.");

    internal static IndexFileException OtherKind(string path, string kind, string wanted) =>
        new(IndexFileProblem.OtherKind, path, $"'{path}' is an index of the kind '{kind}', not '{wanted}'.");

    internal static IndexFileException Newer(string path, string what, int version, int newest) =>
        new(IndexFileProblem.NewerVersion, path,
            $"'{path}' was made by a newer version of Egida: {what} version {version}, this one reads up to {newest}. Update Egida or build the index again.");

    internal static IndexFileException Truncated(string path, long length, long expected) =>
        new(IndexFileProblem.Truncated, path,
            $"'{path}' is truncated: it has {length} bytes of at least {expected}. Copy it again, restore a backup or build the index again.");

    internal static IndexFileException Damaged(string path, string where) =>
        new(IndexFileProblem.Damaged, path, $"'{path}' is damaged in {where}. Copy it again, restore a backup or build the index again.");
}
