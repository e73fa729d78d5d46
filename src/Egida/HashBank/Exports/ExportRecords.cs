using System.Runtime.CompilerServices;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Exports;

/// <summary>
/// The records that may be passed on: confirmed, known material, and somebody stands for it whose word is ours to give. Read in the order of their last change, a page
/// at a time.
/// </summary>
internal sealed class ExportRecords(EgidaDb db, IConfiguration configuration)
{
    private const int PageSize = 1000;

    /// <param name="Since">Changes up to this one were passed on before; 0 for everything.</param>
    /// <param name="Until">The bank's last change when the export began.</param>
    /// <param name="Sources">Whose word may be passed on.</param>
    /// <param name="Label">Only records with this label (`group:code`), if given.</param>
    public sealed record Range(long Since, long Until, IReadOnlyList<short> Sources, string? Label);

    public async IAsyncEnumerable<ExportItem> Read(Range range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = range.Since;
        while (true)
        {
            var records = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > after && r.Change <= range.Until).OrderBy(r => r.Change).Take(PageSize).ToListAsync(cancellation);
            if (records.Count == 0)
            {
                yield break;
            }

            foreach (var item in await Items(records, range, cancellation))
            {
                yield return item;
            }

            after = records[^1].Change;
        }
    }

    /// <summary>Whose word may be passed on: ours, and that of sources which <c>HashExports:PassOn</c> names.</summary>
    /// <exception cref="ExportImpossibleException">It names a source that isn't admitted.</exception>
    public async Task<IReadOnlyList<short>> Sources(CancellationToken cancellation)
    {
        var codes = configuration.GetSection("HashExports:PassOn").Get<string[]>() ?? [];
        var found = await db.Set<HashSource>().AsNoTracking().Where(s => codes.Contains(s.Code)).ToDictionaryAsync(s => s.Code, s => s.Id, cancellation);
        return codes.FirstOrDefault(c => !found.ContainsKey(c)) is { } unknown
            ? throw new ExportImpossibleException($"HashExports:PassOn names the source '{unknown}', which isn't admitted here.")
            : [HashSource.House, .. found.Values.Where(id => id != HashSource.House).Order()];
    }

    private async Task<List<ExportItem>> Items(List<HashRecord> records, Range range, CancellationToken cancellation)
    {
        var ids = records.ConvertAll(r => r.Id);
        var merged = await Family.MergedInto(db, ids, cancellation);
        List<HashRecordId> family = [.. ids, .. merged.Keys];
        var words = (await db.Set<Contribution>().AsNoTracking().Where(c => family.Contains(c.RecordId))
            .Join(db.Set<Statement>().Where(s => range.Sources.Contains(s.SourceId)), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.Id, s.SourceId, s.By, s.At, c.Says, c.ClassificationId, c.Flags })
            .ToListAsync(cancellation)).OrderBy(w => w.Id).ThenBy(w => !merged.ContainsKey(w.RecordId))
            // What was said about a merged one is said about both: it is gone under its own number, and stands under the other's.
            .SelectMany(w => merged.TryGetValue(w.RecordId, out var survivor) ? [w.RecordId, survivor] : new[] { w.RecordId }, (w, record) => (Record: record, Said: w))
            .ToLookup(w => w.Record, w => (new WhatHolds.Word(w.Said.Id, w.Said.SourceId, Trust.Proposes, w.Said.By, w.Said.Says, w.Said.ClassificationId, w.Said.Flags), w.Said.At));
        var further = (await db.Set<FurtherHash>().AsNoTracking().Where(h => ids.Contains(h.RecordId)).OrderBy(h => h.Kind).ThenBy(h => h.Ordinal).ToListAsync(cancellation)).ToLookup(h => h.RecordId);
        var numbers = words.SelectMany(w => w).Select(w => w.Item1.Classification).OfType<int>().Distinct().ToList();
        var classifications = await db.Set<Classification>().AsNoTracking().Where(c => numbers.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);

        List<ExportItem> items = [];
        foreach (var record in records)
        {
            var said = words[record.Id].ToList();
            var standing = Standing(said.ConvertAll(w => w.Item1));
            var at = said.Count == 0 ? default : said.Max(w => w.At);
            if (standing.Count > 0 && record.IsUsed)
            {
                var item = new ExportItem(
                    record.Id, HashesOf(record, further[record.Id]), standing.Select(w => w.Classification is { } c ? classifications[c] : null).LastOrDefault(c => c is not null),
                    standing.Aggregate(RecordFlags.None, (sum, word) => sum | word.Flags))
                { At = at, Change = record.Change };
                if (range.Label is null || HasLabel(item, range.Label))
                {
                    items.Add(item);
                }
            }
            else if (said.Count > 0 && range.Since > 0)
            {
                items.Add(new ExportItem(record.Id, new ItemHashes(), null, RecordFlags.None) { IsGone = true, At = at, Change = record.Change });
            }
        }

        return items;
    }

    /// <summary>Each voice's latest word, where it is that this is known material and wasn't taken back.</summary>
    internal static List<WhatHolds.Word> Standing(IReadOnlyCollection<WhatHolds.Word> words) =>
    [
        .. words.Where(w => w.IsStance || w.Says == Says.TakesBack).OrderBy(w => w.Order).GroupBy(w => w.Voice).Select(g => g.Last()).Where(w => w.Says == Says.Known).OrderBy(w => w.Order),
    ];

    private static bool HasLabel(ExportItem item, string label) =>
        label.Split(':', 2) is [var group, var code] && item.Labels.TryGetValue(group, out var codes) && codes.Contains(code, StringComparer.Ordinal);

    /// <summary>Looks that collide stay here: elsewhere nobody could tell.</summary>
    private static ItemHashes HashesOf(HashRecord record, IEnumerable<FurtherHash> further)
    {
        var collides = record.Flags.HasFlag(RecordFlags.CollisionProne);
        return new ItemHashes
        {
            Md5 = record.Md5,
            Sha1 = record.Sha1,
            Sha256 = record.Sha256,
            Pdq = collides ? null : record.Pdq,
            PdqQuality = collides ? null : record.PdqQuality,
            Further = collides ? [] : [.. further.Select(h => (h.Kind, h.Name, h.Value, h.Quality))],
        };
    }
}
