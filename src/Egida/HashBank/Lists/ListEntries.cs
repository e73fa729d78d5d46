using Egida.HashBank.Partners;
using Egida.HashSearch;
using Egida.Match;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

/// <summary>The bank's records as one list has them, read page by page: memory is the same for any number.</summary>
internal sealed class ListEntries(EgidaDb db)
{
    private const int Page = 4096;

    /// <summary>The class of records for whose jurisdiction nobody has stated an outcome.</summary>
    public const string Unstated = "unstated";

    private readonly Dictionary<int, string> classes = [];

    /// <param name="Entry">Null: it isn't in the list.</param>
    public readonly record struct Seen(HashRecord Record, ListRecord? Entry);

    /// <summary>Everything that is in the list, by ascending number.</summary>
    public async IAsyncEnumerable<Seen> All(HashList list, HashPartner partner, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var last = 0; ;)
        {
            var page = await db.Set<HashRecord>().FromSql($"SELECT * FROM hash_records WHERE \"Id\" > {last}").AsNoTracking().OrderBy(r => r.Id).Take(Page).ToListAsync(cancellation);
            foreach (var seen in await Of(page, list, partner, cancellation))
            {
                yield return seen;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Id.Value;
        }
    }

    /// <summary>Everything that changed after one change of the bank and up to another.</summary>
    public async IAsyncEnumerable<Seen> Changed(
        HashList list, HashPartner partner, long after, long upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var from = after;
            var page = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > from && r.Change <= upTo).OrderBy(r => r.Change).Take(Page).ToListAsync(cancellation);
            foreach (var seen in await Of(page, list, partner, cancellation))
            {
                yield return seen;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Change;
        }
    }

    private async Task<List<Seen>> Of(List<HashRecord> page, HashList list, HashPartner partner, CancellationToken cancellation)
    {
        var used = page.FindAll(r => r.IsUsed);
        await LearnClasses(used, list.Jurisdiction, cancellation);
        var ids = used.ConvertAll(r => r.Id);
        var further = ids.Count == 0 ? [] : await db.Set<FurtherHash>().AsNoTracking().Where(h => ids.Contains(h.RecordId) && h.Kind != HashKind.Other && h.Kind != HashKind.PhotoDna)
            .OrderBy(h => h.RecordId).ThenBy(h => h.Kind).ThenBy(h => h.Ordinal).ToListAsync(cancellation);
        var furtherOf = further.ToLookup(h => h.RecordId);
        return page.ConvertAll(r => new Seen(r, r.IsUsed ? Entry(r, furtherOf[r.Id], r.ClassificationId is { } id ? classes[id] : Unstated, list, partner.MayKnow) : null));
    }

    /// <summary>Pure: what the list says of a record in use; null if it isn't for this list.</summary>
    internal static ListRecord? Entry(HashRecord record, IEnumerable<FurtherHash> further, string @class, HashList list, PartnerKnowledge mayKnow)
    {
        var (md5, sha1, sha256, pdq, frames) = (new List<Md5Hash>(1), new List<Sha1Hash>(1), new List<Sha256Hash>(1), new List<Hash256>(1), new List<VideoFrame>());
        // What the interface doesn't answer isn't in a list either: looks that collide or are in quarantine, and all of what is silenced.
        if (record.Flags.HasFlag(RecordFlags.Silenced))
        {
            return null;
        }

        var looks = (record.Flags & (RecordFlags.CollisionProne | RecordFlags.Quarantined)) == 0;
        foreach (var (kind, value, quality, ordinal) in ItemHashes.Of(record).Select(h => (h.Kind, h.Value, h.Quality, 0)).Concat(further.Select(h => (h.Kind, h.Value, h.Quality, h.Ordinal))))
        {
            switch (kind)
            {
                case HashKind.Md5: md5.Add(Md5Hash.FromBytes(value)); break;
                case HashKind.Sha1: sha1.Add(Sha1Hash.FromBytes(value)); break;
                case HashKind.Sha256: sha256.Add(Sha256Hash.FromBytes(value)); break;
                case HashKind.Pdq when looks && HashText.ShowsSomething(value, quality): pdq.Add(Hash256.FromBytes(value)); break;
                case HashKind.Frame when looks && HashText.ShowsSomething(value, quality): frames.Add(new(frames.Count, ordinal, Hash256.FromBytes(value), quality ?? 100)); break;
                default: break;
            }
        }

        var entry = new ListRecord
        {
            Number = record.Id.Value,
            Class = @class,
            Item = frames.Count > 0 ? ItemKind.Video : record.Pdq is not null ? ItemKind.Picture : ItemKind.Other,
            Flags = FlagsOf(record.Flags, mayKnow),
            Md5 = md5,
            Sha1 = sha1,
            Sha256 = sha256,
            Pdq = pdq,
            Frames = frames,
        };
        return list.Has(@class) && HasAnyOf(entry, list.Kinds) ? entry : null;
    }

    private static bool HasAnyOf(ListRecord entry, ListKinds kinds) =>
        (kinds.HasFlag(ListKinds.Md5) && entry.Md5.Count > 0) || (kinds.HasFlag(ListKinds.Sha1) && entry.Sha1.Count > 0) || (kinds.HasFlag(ListKinds.Sha256) && entry.Sha256.Count > 0)
        || (kinds.HasFlag(ListKinds.Pdq) && entry.Pdq.Count > 0) || (kinds.HasFlag(ListKinds.Frames) && entry.Frames.Any(f => f.Quality >= VideoHash.SmallestQuality));

    private static Match.RecordFlags FlagsOf(RecordFlags flags, PartnerKnowledge mayKnow)
    {
        var said = flags.HasFlag(RecordFlags.CollisionProne) ? Match.RecordFlags.Collides : Match.RecordFlags.None;
        if (mayKnow.HasFlag(PartnerKnowledge.Flags))
        {
            said |= (flags.HasFlag(RecordFlags.VictimIdentified) ? Match.RecordFlags.VictimIdentified : 0)
                | (flags.HasFlag(RecordFlags.Distributed) ? Match.RecordFlags.Distributed : 0)
                | (flags.HasFlag(RecordFlags.Series) ? Match.RecordFlags.Series : 0);
        }

        return said;
    }

    private async Task LearnClasses(List<HashRecord> records, string jurisdiction, CancellationToken cancellation)
    {
        var missing = records.Select(r => r.ClassificationId).OfType<int>().Distinct().Where(id => !classes.ContainsKey(id)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        foreach (var one in await db.Set<Classification>().AsNoTracking().Where(c => missing.Contains(c.Id)).ToListAsync(cancellation))
        {
            classes[one.Id] = ClassOf(one.OutcomeIn(jurisdiction));
        }
    }

    /// <summary>Lists have short codes for classes; an outcome that isn't one isn't passed on in pieces.</summary>
    internal static string ClassOf(string? outcome) =>
        outcome is { Length: > 0 and <= 32 } && outcome.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '_' or '-') ? outcome : Unstated;
}
