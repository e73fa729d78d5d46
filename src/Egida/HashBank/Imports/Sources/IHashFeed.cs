using Egida.HashBank.Exports;

namespace Egida.HashBank.Imports.Sources;

/// <summary>A service that hands over hashes and says later what changed: its protocol, up to a file that <see cref="Format"/> reads.</summary>
internal interface IHashFeed
{
    string Kind { get; }

    /// <summary>The <see cref="IImportFormat"/> of what it writes.</summary>
    string Format { get; }

    /// <summary>Downloads everything from the checkpoint on, or up to where a window ends, as a whole: part of a range is nothing.</summary>
    /// <param name="spool">Empty; what is written there on failure is thrown away.</param>
    /// <exception cref="FeedException">It can't be had now, or not at all.</exception>
    Task<FeedRange> Download(FeedTask task, Stream spool, CancellationToken cancellation);
}

/// <param name="Checkpoint">As the last range ended; null if there was none.</param>
/// <param name="HadAt">When the last range was had.</param>
internal sealed record FeedTask(string Name, FeedOptions Options, string? Checkpoint, DateTime? HadAt, DateTime Now)
{
    /// <summary>The names of all entries for which the source stands here; asked for only where a copy is rebuilt.</summary>
    public required Func<IAsyncEnumerable<string>> Keys { get; init; }

    /// <summary>For a service that is asked: the bank's last change, and the records that are ours to pass on and changed after the given one, in the order of their changes.</summary>
    public Func<long, Task<(long Until, IAsyncEnumerable<ExportItem> Records)>> Own { get; init; } = after => Task.FromResult((after, AsyncEnumerable.Empty<ExportItem>()));
}

/// <param name="Checkpoint">Where the next range begins.</param>
/// <param name="Entries">How many there are in the file, about; none means that nothing has to be imported.</param>
/// <param name="More">There is another window to be had at once.</param>
internal sealed record FeedRange(string Checkpoint, long Entries, bool More);

/// <summary>A range couldn't be had. The problem is a code and a short text, without addresses or keys.</summary>
/// <param name="isFinal">Trying again doesn't help: the operator must look.</param>
internal sealed class FeedException(string problem, bool isFinal = false) : Exception(problem)
{
    public bool IsFinal => isFinal;
}
