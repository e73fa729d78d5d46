using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// A consistent copy of an index while it is in use: files that never change again get a second name, the log that is being written
/// is copied up to what is durable. The manifest comes last; until then the folder is no index.
/// </summary>
internal static class Backup
{
    private const int Piece = 1 << 20;

    public static void Write(IndexFolder from, IndexFolder to, IStorage storage, Current current, Writer writer, Compaction compaction)
    {
        storage.CreateFolder(to.Path);
        if (storage.FileNames(to.Path).Count > 0) throw new IOException($"'{to.Path}' is not empty. A backup takes a folder of its own.");

        // No file that the manifest names goes away meanwhile.
        lock (compaction.Replacing)
        {
            var manifest = compaction.Manifest;
            long newest, length;
            lock (writer.Changing) (newest, length) = (current.Levels.Active.Number, writer.LogLength);

            foreach (var entry in manifest.Segments) storage.Link(from.Segment(entry.Number), to.Segment(entry.Number));
            for (var log = manifest.FirstLog; log < newest; log++) storage.Link(from.Log(log), to.Log(log));
            Copy(from.Log(newest), to.Log(newest), length, storage);
            storage.SyncFolder(to.Path);
            manifest.Write(to.Manifest, storage);
        }
    }

    private static void Copy(string from, string to, long length, IStorage storage)
    {
        using var source = storage.Map(from);
        using var copy = storage.Create(to);
        for (long at = 0; at < length; at += Piece) copy.Write(at, source.Bytes.Slice((int)at, (int)Math.Min(Piece, length - at)));
        copy.Sync();
    }
}
