using System.Runtime.InteropServices;
using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>Brings codes into a living index: few at a time as changes that are found at once; very many as segments of their own, which spares the log, and most of the merging.</summary>
internal sealed class NearFeed(LivingNearIndex index, int together)
{
    private const int Imported = 1 << 21;
    private const long All = long.MaxValue;

    private readonly List<Hash256> codes = [];
    private readonly List<int> records = [];
    private long sent;

    /// <summary>How many codes are of earlier batches: only these wait.</summary>
    private int waiting;
    private long durable = All;

    /// <summary>All codes up to this change are in the index and durable; the largest number if all are that were sent.</summary>
    public long Durable => Volatile.Read(ref durable);

    public void Add(Hash256 code, int record)
    {
        codes.Add(code);
        records.Add(record);
    }

    /// <param name="inBulk">They may wait until they are many.</param>
    /// <param name="change">The last change that they come from.</param>
    public void Send(bool inBulk, long change)
    {
        if (!inBulk || codes.Count >= Imported)
        {
            try
            {
                Finish();
            }
            catch
            {
                // The batch is read again, as often as it takes until the disk has room.
                codes.RemoveRange(waiting, codes.Count - waiting);
                records.RemoveRange(waiting, records.Count - waiting);
                throw;
            }
        }
        else if (codes.Count > 0)
        {
            if (durable == All) Volatile.Write(ref durable, sent);
        }

        (sent, waiting) = (change, codes.Count);
    }

    /// <summary>Everything that was added is found and durable when this returns.</summary>
    public void Finish()
    {
        if (codes.Count > 4 * together)
        {
            index.Import(CollectionsMarshal.AsSpan(codes), CollectionsMarshal.AsSpan(records));
        }
        else
        {
            var changes = new NearChanges();
            for (var i = 0; i < codes.Count; i++)
            {
                changes.Add(codes[i], records[i]);
                if (changes.Count == together || i == codes.Count - 1)
                {
                    index.Make(changes);
                    changes.Clear();
                }
            }
        }

        codes.Clear();
        records.Clear();
        waiting = 0;
        Volatile.Write(ref durable, All);
    }
}
