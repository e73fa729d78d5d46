using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Archives;

/// <summary>One entry of an archive, while the archive is being read.</summary>
/// <param name="Name">As it is reported; it is never used as a path.</param>
/// <param name="Open">Its content, to be read before the next entry is asked for; null if it isn't a file.</param>
/// <param name="Problem">Why it isn't looked at.</param>
internal readonly record struct ArchiveEntry(string Name, Func<Stream>? Open, Problem? Problem = null);
