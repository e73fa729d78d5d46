namespace Egida.HashSearch.Living;

/// <summary>Where a log ends: the length that is whole, and its last frame.</summary>
internal readonly record struct LogEnd(long Length, LogFrame Last);

/// <summary>Takes the changes of a frame.</summary>
internal delegate void TakeFrame(LogFrame frame, ReadOnlySpan<byte> changes);

/// <summary>Reads a log back.</summary>
internal static class LogReader
{
    /// <param name="first">What the number of the first change must be.</param>
    /// <param name="mayBeTorn">True for the newest log: what follows its last whole frame was never confirmed.</param>
    /// <returns>Null if not even the begin of the log was durable.</returns>
    /// <exception cref="IndexFileException">The log is damaged, or from a newer version.</exception>
    public static LogEnd? Read(string path, ReadOnlySpan<byte> log, long first, bool mayBeTorn, TakeFrame take)
    {
        var (end, next) = (new LogEnd(0, default), first);
        while (LogFrame.TryRead(log[(int)end.Length..], out var frame))
        {
            if (frame.Version > LogFrame.NewestVersion) throw IndexFileException.Newer(path, "log", frame.Version, LogFrame.NewestVersion);
            if (frame.Before != end.Last.Checksum || frame.First != next) throw Damaged(path, end.Length);
            if (frame.Changes > 0) take(frame, log.Slice((int)end.Length + LogFrame.HeaderLength, frame.Length));
            (end, next) = (new(end.Length + frame.TotalLength, frame), frame.Next);
        }

        var rest = log[(int)end.Length..];
        if (!rest.IsEmpty && (!mayBeTorn || HoldsFrame(rest))) throw Damaged(path, end.Length);
        if (end.Length == 0) return mayBeTorn ? null : throw Damaged(path, 0);
        return end;
    }

    // A frame is written only when all before it are durable. So whole frames behind one that isn't mean: that one was, and is damaged.
    private static bool HoldsFrame(ReadOnlySpan<byte> rest)
    {
        for (var at = 1; at < rest.Length; at++)
        {
            var mark = rest[at..].IndexOf(LogFrame.Mark);
            if (mark < 0) return false;
            at += mark;
            if (LogFrame.TryRead(rest[at..], out _)) return true;
        }
        return false;
    }

    private static IndexFileException Damaged(string path, long at) => IndexFileException.Damaged(path, $"the frame at byte {at}");
}
