using System.Buffers.Binary;
using Egida.HashBank.Partners;
using Egida.HashSearch;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

/// <param name="ListId">The list whose entry it is.</param>
/// <param name="OwnerId">Who alone has that list.</param>
public sealed record CanaryAsked(HashListId ListId, HashPartnerId OwnerId, HashPartnerId AskedBy, HashRecordId Number) : DomainEvent;

/// <summary>Looks through what partners ask for entries that were made up for somebody else. No file has such a hash, so who asks for one has seen that list.</summary>
internal sealed class CanaryWatch(EgidaDb db, IServiceScopeFactory scopes, CanaryEntries canaries, CanaryHashes hashes)
{
    public static readonly ActionKind Kind = new("hash-bank.report-canary");

    /// <param name="asked">Whatever was looked up; it is kept nowhere.</param>
    public async Task See(HashPartner partner, IEnumerable<(HashKind Kind, byte[] Value)> asked, CancellationToken cancellation)
    {
        await hashes.Learn(db, canaries, cancellation);
        if (hashes.Among(asked).Where(c => c.Owner != partner.Id).DistinctBy(c => c.List).ToList() is not { Count: > 0 } seen)
        {
            return;
        }

        // In a scope of its own: a request may read from a copy of the database, where nothing can be written.
        await using var scope = scopes.CreateAsyncScope();
        await Report(scope.ServiceProvider.GetRequiredService<ActionBook>(), partner, seen, cancellation);
    }

    private static async Task Report(ActionBook actions, HashPartner partner, List<CanaryHashes.Canary> seen, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("hash-lists"), partner.Id.Subject);
        await action.TakeTurn(cancellation);
        foreach (var canary in seen)
        {
            var sighting = await action.Db.Set<CanarySighting>().SingleOrDefaultAsync(s => s.ListId == canary.List && s.AskedBy == partner.Id && s.SettledAt == null, cancellation);
            if (sighting is null)
            {
                action.Db.Add(sighting = new CanarySighting { Id = Id.New<CanarySightingId>(action.Clock), ListId = canary.List, AskedBy = partner.Id, FirstAt = action.Now });
            }

            (sighting.LastAt, sighting.Times) = (action.Now, sighting.Times + 1);
            action.Emit(new CanaryAsked(canary.List, canary.Owner, partner.Id, canary.Number));
        }

        await action.Commit(cancellation);
    }
}

/// <summary>The hashes of all made-up entries, a few thousand: in memory, as every query is held against them.</summary>
internal sealed class CanaryHashes
{
    public sealed record Canary(HashRecordId Number, HashListId List, HashPartnerId Owner);

    private sealed record Known(int Count, ILookup<ulong, (byte[] Value, Canary Canary)> Digests, IReadOnlyList<(Hash256 Look, Canary Canary)> Looks);

    private Known known = new(0, Array.Empty<int>().ToLookup(_ => 0UL, _ => (Array.Empty<byte>(), (Canary)null!)), []);

    /// <summary>They only ever become more: if there are as many as are known, all are known.</summary>
    public async Task Learn(EgidaDb db, CanaryEntries entries, CancellationToken cancellation)
    {
        if (await db.Set<HashListCanary>().CountAsync(cancellation) == known.Count)
        {
            return;
        }

        var all = await db.Set<HashListCanary>().AsNoTracking().Join(db.Set<HashList>().AsNoTracking(), c => c.ListId, l => l.Id, (c, l) => new { c, l }).ToListAsync(cancellation);
        var made = all.ConvertAll(x => (Entry: entries.Entry(x.l, x.c), Canary: new Canary(x.c.Number, x.l.Id, x.l.PartnerId)));
        known = new Known(
            all.Count,
            made.SelectMany(m => new[] { m.Entry.Md5[0].ToByteArray(), m.Entry.Sha1[0].ToByteArray(), m.Entry.Sha256[0].ToByteArray() }.Select(v => (Value: v, m.Canary))).ToLookup(v => First(v.Value)),
            made.ConvertAll(m => (m.Entry.Pdq[0], m.Canary)));
    }

    public IEnumerable<Canary> Among(IEnumerable<(HashKind Kind, byte[] Value)> asked)
    {
        var all = known;
        return all.Count == 0 ? [] : asked.SelectMany(a => a.Kind switch
        {
            HashKind.Md5 or HashKind.Sha1 or HashKind.Sha256 => all.Digests[First(a.Value)].Where(d => d.Value.AsSpan().SequenceEqual(a.Value)).Select(d => d.Canary),
            HashKind.Pdq => Near(all, Hash256.FromBytes(a.Value)),
            _ => [],
        });
    }

    private static IEnumerable<Canary> Near(Known all, Hash256 look) => all.Looks.Where(l => l.Look.Distance(look) <= Lookup.Radius).Select(l => l.Canary);

    private static ulong First(byte[] value) => BinaryPrimitives.ReadUInt64LittleEndian(value);
}
