using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// A log being written. A frame is written only when the one before it is durable: so after a crash at most the last frame isn't
/// whole, and nobody was told that its changes were made.
/// </summary>
internal sealed class WriteAheadLog : IDisposable
{
    private readonly IStorageFile _file;
    private LogFrame _last;
    private bool _broken;

    private WriteAheadLog(IStorageFile file, long length, LogFrame last) => (_file, Length, _last) = (file, length, last);

    /// <summary>Up to here it is durable.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a log. It is durable, and so is its name, before anything can be added to it.</summary>
    /// <param name="first">The number of its first change.</param>
    public static WriteAheadLog Create(IStorage storage, string path, long first)
    {
        var file = storage.Create(path);
        try
        {
            var log = new WriteAheadLog(file, 0, default);
            log.Append(new byte[LogFrame.HeaderLength], 0, first);
            storage.SyncFolder(Path.GetDirectoryName(path)!);
            return log;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Goes on with a log, behind its last whole frame.</summary>
    public static WriteAheadLog Continue(IStorage storage, string path, LogEnd end)
    {
        var file = storage.OpenForWriting(path);
        try
        {
            file.SetLength(end.Length);
            file.Sync();
            return new(file, end.Length, end.Last);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds changes and returns when they are durable.</summary>
    /// <param name="frame">The changes, behind room for a frame's header.</param>
    /// <param name="changes">How many.</param>
    /// <param name="first">The number of the first.</param>
    /// <exception cref="IOException">They weren't added, or nobody knows whether they were: then the log takes no more.</exception>
    public void Append(Span<byte> frame, int changes, long first)
    {
        if (_broken) throw new IOException("The write-ahead log could not be written earlier. Close the index and open it again.");
        var written = LogFrame.Write(frame, changes, first, _last.Checksum);
        try
        {
            _file.Write(Length, frame);
        }
        catch (IOException)
        {
            CutOff();
            throw;
        }
        // After a sync has failed, nothing that was written before can be relied on, not even if a second one succeeds.
        _broken = true;
        _file.Sync();
        _broken = false;
        Length += frame.Length;
        _last = written;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Takes back a frame that wasn't written whole, as on a full disk.</summary>
    private void CutOff()
    {
        _broken = true;
        try
        {
            _file.SetLength(Length);
            _broken = false;
        }
        catch (IOException)
        {
            // It stays broken; the next to write is told, and opening the index again cuts off what isn't whole.
        }
    }
}
