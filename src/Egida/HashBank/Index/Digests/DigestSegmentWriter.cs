using System.Numerics;
using System.Runtime.InteropServices;

namespace Egida.HashBank.Index.Digests;

/// <summary>Writes a segment as its entries come, in the order of key and number; equal ones once. Of its memory only the beginnings grow with it, half a byte an entry.</summary>
internal sealed class DigestSegmentWriter : IDisposable
{
    private const int Buffered = 1 << 17;

    private readonly string path;
    private readonly string draft;
    private readonly FileStream file;
    private readonly ulong[] buffer = new ulong[Buffered];
    private readonly uint[] begins;
    private readonly int placeBits;
    private long place = -1;
    private long count;
    private int filled;
    private uint crc;
    private (ulong Key, int Number)? last;

    /// <param name="most">More entries don't come.</param>
    public DigestSegmentWriter(string folder, string name, long most)
    {
        path = Path.Combine(folder, name);
        draft = path + ".new";
        placeBits = DigestSegment.PlaceBitsFor(most);
        begins = new uint[(1 << placeBits) + 1];
        file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Position = DigestSegment.HeaderLength;
    }

    public void Add(ulong key, int number)
    {
        if (last == (key, number))
        {
            return;
        }

        last = (key, number);
        for (var to = (long)(key >> (DigestSecret.KeyBits - placeBits)); place < to;) begins[++place] = (uint)count;
        var entry = (key << 32) | (uint)number;
        crc = BitOperations.Crc32C(BitOperations.Crc32C(crc, (uint)entry), (uint)(entry >> 32));
        buffer[filled++] = entry;
        count++;
        if (filled == Buffered) Write();
    }

    /// <summary>It is whole on the disk, under its name, when this returns.</summary>
    public void Finish()
    {
        while (place < begins.Length - 1) begins[++place] = (uint)count;
        Write();
        foreach (var begin in begins) crc = BitOperations.Crc32C(crc, begin);
        file.Write(MemoryMarshal.AsBytes<uint>(begins));
        Span<byte> header = stackalloc byte[DigestSegment.HeaderLength];
        header.Clear();
        MemoryMarshal.Write(header, DigestSegment.Magic);
        MemoryMarshal.Write(header[8..], count);
        MemoryMarshal.Write(header[16..], placeBits);
        MemoryMarshal.Write(header[20..], crc);
        file.Position = 0;
        file.Write(header);
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(draft, path);
    }

    public void Dispose()
    {
        file.Dispose();
        File.Delete(draft);
    }

    private void Write()
    {
        file.Write(MemoryMarshal.AsBytes(buffer.AsSpan(0, filled)));
        filled = 0;
    }
}
