namespace Egida.HashSearch.Tests.Living;

/// <summary>A file's bytes: as everybody sees them, and what of them would be there after a crash.</summary>
internal sealed class SimulatedFile
{
    private const int Sector = 512;

    private readonly List<(long Offset, byte[]? Bytes)> _unsynced = [];
    private byte[] _durable = [];

    public byte[] Bytes { get; private set; } = [];

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        _unsynced.Add((offset, bytes.ToArray()));
        Bytes = Written(Bytes, offset, bytes);
    }

    public void SetLength(long length)
    {
        _unsynced.Add((length, null));
        Bytes = Resized(Bytes, length);
    }

    public void Sync()
    {
        _unsynced.Clear();
        _durable = Bytes;
    }

    /// <summary>What a crash leaves: of everything that wasn't synced any sectors, in no order.</summary>
    public SimulatedFile AfterCrash(Random random)
    {
        var bytes = _durable;
        foreach (var (offset, written) in _unsynced)
        {
            var kept = random.Next(3);
            if (kept == 0) continue;
            if (written is null) bytes = Resized(bytes, offset);
            for (var at = 0; at < written?.Length; at += Sector)
                if (kept == 1 || random.Next(2) == 0) bytes = Written(bytes, offset + at, written.AsSpan(at, Math.Min(Sector, written.Length - at)));
        }
        return new() { Bytes = bytes, _durable = bytes };
    }

    private static byte[] Written(byte[] bytes, long offset, ReadOnlySpan<byte> part)
    {
        var written = Resized(bytes, Math.Max(bytes.Length, offset + part.Length));
        part.CopyTo(written.AsSpan((int)offset));
        return written;
    }

    private static byte[] Resized(byte[] bytes, long length)
    {
        var resized = new byte[length];
        bytes.AsSpan(0, (int)Math.Min(bytes.Length, length)).CopyTo(resized);
        return resized;
    }
}
