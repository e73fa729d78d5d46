using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>Brings codes into a living index: few at a time as changes that are found at once; very many as a segment of their own, which spares the log and the merging.</summary>
internal sealed class NearFeed(LivingNearIndex index, int together) : IDisposable
{
    /// <summary>
    /// So many become a segment. One large segment is searched faster than several, and takes less room; making one of so many takes some 80 bytes a code meanwhile
    /// (docs/decisions/0134).
    /// </summary>
    private const int Imported = 48_000_000;
    private const long All = long.MaxValue;

    private readonly GatheredLooks looks = new();
    private long sent;

    /// <summary>How many codes are of earlier batches: only these wait.</summary>
    private int waiting;
    private long durable = All;

    /// <summary>All codes up to this batch are in the index and durable; the largest number if all are that were sent.</summary>
    public long Durable => Volatile.Read(ref durable);

    public void Add(in Hash256 code, int record) => looks.Add(code, record);

    /// <param name="inBulk">They may wait until they are many.</param>
    /// <param name="batch">Which they come from.</param>
    public void Send(bool inBulk, long batch)
    {
        if (!inBulk || looks.Count >= Imported)
        {
            try
            {
                Finish();
            }
            catch
            {
                // The batch is read again, as often as it takes until the disk has room.
                looks.Keep(waiting);
                throw;
            }
        }
        else if (looks.Count > 0)
        {
            if (durable == All) Volatile.Write(ref durable, sent);
        }

        (sent, waiting) = (batch, looks.Count);
    }

    /// <summary>Everything that was added is found and durable when this returns.</summary>
    public void Finish()
    {
        if (looks.Count > 4 * together)
        {
            index.Import(looks.Codes, looks.Records);
        }
        else
        {
            var changes = new NearChanges();
            for (var i = 0; i < looks.Count; i++)
            {
                changes.Add(looks.Codes[i], looks.Records[i]);
                if (changes.Count == together || i == looks.Count - 1)
                {
                    index.Make(changes);
                    changes.Clear();
                }
            }
        }

        looks.Clear();
        waiting = 0;
        Volatile.Write(ref durable, All);
    }

    public void Dispose() => looks.Dispose();
}
