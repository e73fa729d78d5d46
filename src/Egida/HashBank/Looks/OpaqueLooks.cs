using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Looks;

/// <summary>
/// PhotoDNA values by distance, where a licensee has set a threshold; else it holds nothing. In memory (320 bytes a value), read from the change sequence, and
/// joined into one index as parts become many. As with the bank's index, what a candidate is worth only its record says.
/// </summary>
internal sealed class OpaqueLooks(IConfiguration configuration) : IDisposable
{
    private const int Step = 100_000;

    private const int MostParts = 8;

    private readonly SemaphoreSlim following = new(1);
    private readonly ReaderWriterLockSlim gate = new();
    private List<Part> parts = [];
    private long followed;

    private sealed record Part(OpaqueVector144[] Vectors, int[] Records, OpaqueIndex Index)
    {
        public static Part Of(IReadOnlyList<(OpaqueVector144 Vector, int Record)> rows)
        {
            var vectors = rows.Select(r => r.Vector).ToArray();
            return new Part(vectors, [.. rows.Select(r => r.Record)], OpaqueIndex.Build(vectors));
        }
    }

    public OpaqueRule Rule { get; } = OpaqueRule.From(configuration);

    /// <summary>Reads what changed since the last time, up to this change at least.</summary>
    public async Task Follow(EgidaDb db, long change, CancellationToken cancellation)
    {
        if (Rule.Threshold == 0 || Volatile.Read(ref followed) >= change)
        {
            return;
        }

        await following.WaitAsync(cancellation);
        try
        {
            while (followed < change)
            {
                var last = Math.Min(change, followed + Step);
                var rows = await db.Set<HashRecord>().Where(r => r.Change > followed && r.Change <= last)
                    .Join(db.Set<FurtherHash>().Where(h => h.Kind == HashKind.PhotoDna), r => r.Id, h => h.RecordId, (r, h) => new { h.RecordId, h.Value }).ToListAsync(cancellation);
                Add([.. rows.Where(r => r.Value.Length == OpaqueVector144.ByteLength).Select(r => (OpaqueVector144.FromBytes(r.Value), r.RecordId.Value))]);
                Volatile.Write(ref followed, last);
            }
        }
        finally
        {
            following.Release();
        }
    }

    /// <param name="found">Where candidates are added, each with its value's place.</param>
    public void Find(IReadOnlyList<byte[]> values, int threshold, List<Candidate> found)
    {
        var queries = values.Select(v => OpaqueVector144.FromBytes(v)).ToArray();
        var matches = new List<OpaqueMatch>();
        gate.EnterReadLock();
        try
        {
            foreach (var part in parts)
            {
                part.Index.Search(queries, Rule.Metric, threshold, matches, BankSearch.MostLookalikes * queries.Length);
                found.AddRange(matches.Select(m => new Candidate(m.Query, part.Records[m.Record])));
            }
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Dispose()
    {
        foreach (var part in parts) part.Index.Dispose();
        following.Dispose();
        gate.Dispose();
    }

    private void Add(List<(OpaqueVector144 Vector, int Record)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        // A record whose state changed comes again.
        var isFull = parts.Count >= MostParts;
        var next = isFull
            ? [Part.Of([.. parts.SelectMany(p => p.Vectors.Zip(p.Records)).Concat(rows).Distinct()])]
            : (List<Part>)[.. parts, Part.Of(rows)];
        var old = parts;
        gate.EnterWriteLock();
        parts = next;
        gate.ExitWriteLock();
        if (isFull) old.ForEach(p => p.Index.Dispose());
    }
}
