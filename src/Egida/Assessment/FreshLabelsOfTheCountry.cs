using System.Text.Json;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

/// <summary>What the hash bank needs from here when somebody assesses a record anew: the labels of a picture, what the law makes of them, and who read before.</summary>
internal static class FreshLabelsOfTheCountry
{
    public static FreshLabels Of(LabelScheme scheme, Law law) => new(
        [.. scheme.For(LabelTarget.Media).Select(g => new FreshLabels.Group(
            g.Code, g.Name, g.Cardinality == LabelCardinality.Many, g.Required, [.. g.Labels.Select(l => new FreshLabels.Label(l.Code, l.Name))]))],
        chosen => LabelSet.Read(scheme, LabelTarget.Media, chosen) switch
        {
            LabelSet.Reading.Complete complete => new FreshLabels.Reading.Complete(ClassificationOf(scheme, complete.Labels, law.Derive(complete.Labels))),
            LabelSet.Reading.Refused refused => new FreshLabels.Reading.Missing([.. refused.Missing, .. refused.Unknown]),
            _ => throw new InvalidOperationException("unreachable: Reading is closed"),
        });

    public static readonly EarlierReaders Readers = new(WhoRead);

    /// <summary>As the bank keeps what this hotline assesses: one code a scheme, and the law's section.</summary>
    internal static Classification ClassificationOf(LabelScheme scheme, LabelSet labels, IReadOnlyCollection<SchemeCode> codes) => Classification.Of(
        $"{scheme.Scheme}/{scheme.Version}",
        labels.ToJson(),
        JsonSerializer.Serialize(codes.GroupBy(c => c.Scheme, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Code, StringComparer.Ordinal)),
        codes.FirstOrDefault(c => c.Scheme == "PL")?.LegalBasis);

    private static async Task<IReadOnlyList<StaffId>> WhoRead(EgidaDb db, IReadOnlyCollection<ItemId> items, CancellationToken cancellation) =>
        await db.Set<Reading>().Where(r => items.Contains(r.ItemId)).Select(r => r.Reader).Distinct().ToListAsync(cancellation);
}
