using System.Text.Json;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <summary>What a partner is told about the records that it met.</summary>
internal sealed class MatchDetails(EgidaDb db)
{
    private sealed record Voice(HashRecordId Record, bool IsPerson, string Source, Trust Trust);

    public async Task<Func<BankHit, MatchMessages.Match>> Describe(HashPartner partner, IReadOnlyList<BankHit> hits, CancellationToken cancellation)
    {
        var ids = hits.Select(h => h.Record.Id).Distinct().ToList();
        var held = hits.Select(h => h.Record.ClassificationId).OfType<int>().Distinct().ToList();
        var voices = (await db.Set<Contribution>().AsNoTracking().Where(c => ids.Contains(c.RecordId) && c.Says == Says.Known)
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.By, s.SourceId })
            .Join(db.Set<HashSource>(), c => c.SourceId, s => s.Id, (c, s) => new { c.RecordId, c.By, s.Code, s.Trust })
            .ToListAsync(cancellation)).ToLookup(v => v.RecordId, v => new Voice(v.RecordId, v.By is not null, v.Code, v.Trust));
        var classifications = await db.Set<Classification>().AsNoTracking().Where(c => held.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        return hit => Of(hit, partner, [.. voices[hit.Record.Id]], hit.Record.ClassificationId is { } id ? classifications[id] : null);
    }

    private static MatchMessages.Match Of(BankHit hit, HashPartner partner, List<Voice> voices, Classification? classification) => new(
        hit.Record.Id.Value,
        HashText.NameOf(hit.Kind),
        hit.Distance,
        hit.Kind switch
        {
            HashKind.Pdq => "looks",
            HashKind.PhotoDna => "looks",
            var kind => Lookup.Proves(kind, hit.Record.Sha256 is not null) ? "same-bytes" : "weak-hash",
        },
        voices.Exists(v => v.IsPerson) ? "assessed" : "source",
        new MatchMessages.Outcome(partner.Jurisdiction, classification?.OutcomeIn(partner.Jurisdiction), classification?.OutcomeIn(partner.Jurisdiction) is null ? null : classification.Law),
        partner.MayKnow.HasFlag(PartnerKnowledge.Labels) && classification is not null ? JsonSerializer.Deserialize<JsonElement>(classification.Labels) : null,
        partner.MayKnow.HasFlag(PartnerKnowledge.Sources) ? [.. voices.Select(v => v.Source).Distinct().Order(StringComparer.Ordinal)] : null,
        partner.MayKnow.HasFlag(PartnerKnowledge.Flags) ? [.. Enum.GetValues<RecordFlags>().Where(f => f != 0 && hit.Record.Flags.HasFlag(f)).Select(f => JsonNamingPolicy.KebabCaseLower.ConvertName(f.ToString()))] : null);
}
