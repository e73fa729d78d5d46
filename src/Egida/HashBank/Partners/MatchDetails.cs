using System.Text.Json;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <summary>What a partner is told about the records that it met.</summary>
internal sealed class MatchDetails(EgidaDb db)
{
    private readonly record struct Voice(bool IsPerson, string Source);

    /// <param name="Outcome">Under the partner's law.</param>
    private sealed record Told(MatchMessages.Outcome Outcome, string? Scheme, JsonElement? Labels, string? Series);

    /// <summary>Asks the database once for all hits together, and not at all where there are none.</summary>
    public async Task<Func<BankHit, MatchMessages.Match>> Describe(HashPartner partner, IReadOnlyList<BankHit> hits, CancellationToken cancellation)
    {
        var nothing = new Told(new MatchMessages.Outcome(partner.Jurisdiction, null, null), null, null, null);
        var voices = hits.Count == 0 ? [] : await Voices([.. hits.Select(h => h.Record.Id).Distinct()], cancellation);
        var classifications = await Classifications(partner, [.. hits.Select(h => h.Record.ClassificationId).OfType<int>().Distinct()], cancellation);
        return hit => Of(hit, partner, voices.GetValueOrDefault(hit.Record.Id) ?? [], hit.Record.ClassificationId is { } id ? classifications[id] : nothing);
    }

    private async Task<Dictionary<HashRecordId, List<Voice>>> Voices(HashRecordId[] records, CancellationToken cancellation)
    {
        var voices = new Dictionary<HashRecordId, List<Voice>>(records.Length);
        var merged = await Family.MergedInto(db, records, cancellation);
        HashRecordId[] family = merged.Count == 0 ? records : [.. records, .. merged.Keys];
        var said = db.Set<Contribution>().AsNoTracking().Where(c => EF.Parameter(family).Contains(c.RecordId) && c.Says == Says.Known)
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.By, s.SourceId })
            .Join(db.Set<HashSource>(), c => c.SourceId, s => s.Id, (c, s) => new { c.RecordId, IsPerson = c.By != null, s.Code });
        await foreach (var voice in said.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            (System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(voices, merged.GetValueOrDefault(voice.RecordId, voice.RecordId), out _) ??= []).Add(new Voice(voice.IsPerson, voice.Code));
        }

        return voices;
    }

    /// <summary>Thousands of records share a few.</summary>
    private async Task<Dictionary<int, Told>> Classifications(HashPartner partner, int[] ids, CancellationToken cancellation) => ids.Length == 0
        ? []
        : await db.Set<Classification>().AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => Of(c, partner), cancellation);

    private static Told Of(Classification classification, HashPartner partner)
    {
        var outcome = classification.OutcomeIn(partner.Jurisdiction);
        var (mayLabels, mayFlags) = (partner.MayKnow.HasFlag(PartnerKnowledge.Labels), partner.MayKnow.HasFlag(PartnerKnowledge.Flags));
        return new Told(
            new MatchMessages.Outcome(partner.Jurisdiction, outcome, outcome is null ? null : classification.Law),
            mayLabels ? classification.Scheme : null,
            mayLabels ? JsonSerializer.Deserialize<JsonElement>(classification.Labels) : null,
            mayFlags ? classification.Series : null);
    }

    private static MatchMessages.Match Of(BankHit hit, HashPartner partner, List<Voice> voices, Told told) => new(
        hit.Record.Id.Value,
        hit.Kind == HashKind.Frame ? "video" : HashText.NameOf(hit.Kind),
        hit.Distance,
        Answerable.IsLook(hit.Kind) ? "looks" : Lookup.Proves(hit.Kind, hit.Record.Sha256 is not null) ? "same-bytes" : "weak-hash",
        voices.Exists(v => v.IsPerson) ? "assessed" : "source",
        told.Outcome,
        told.Scheme,
        told.Labels,
        partner.MayKnow.HasFlag(PartnerKnowledge.Sources) ? [.. voices.Select(v => v.Source).Distinct().Order(StringComparer.Ordinal)] : null,
        partner.MayKnow.HasFlag(PartnerKnowledge.Flags) ? FlagNames(hit.Record.Flags) : null,
        told.Series);

    /// <summary>Not that it is in quarantine: that is a matter of the hotline.</summary>
    private static List<string> FlagNames(RecordFlags flags) =>
        [.. Enum.GetValues<RecordFlags>().Where(f => f is not (RecordFlags.None or RecordFlags.Quarantined or RecordFlags.Silenced) && flags.HasFlag(f)).Select(f => JsonNamingPolicy.KebabCaseLower.ConvertName(f.ToString()))];
}
