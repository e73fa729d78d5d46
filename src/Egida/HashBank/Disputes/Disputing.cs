using Egida.Access;
using Egida.HashBank.Imports;
using Egida.HashBank.Partners;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>The rights of those who are wronged by a record: disputes, their clocks and outcomes, and who is told.</summary>
internal static class Disputing
{
    public static IServiceCollection AddDisputes(this IServiceCollection services) => services
        .AddSingleton(provider => DisputeTerms.Of(provider.GetRequiredService<CountryFolder>()))
        .AddSingleton<DisputeRates>()
        .AddSingleton(provider => ReadDisputeReceipt.Receipts(provider.GetRequiredService<DisputeTerms>()))
        .AddScoped<BlindTo>()
        .AddScoped<FileDispute>()
        .AddScoped<ShowDispute>()
        .AddScoped<TakeDispute>()
        .AddScoped<LinkDispute>()
        .AddScoped<SettleFlood>()
        .AddScoped<DecideDispute>()
        .AddScoped<ShowPartner>()
        .AddWork<SendDisputeLetter>(SendDisputeLetter.WorkKind)
        .AddWork<LookForCorrections>(SendCorrectionLetter.LookKind)
        .AddWork<SendCorrectionLetter>(SendCorrectionLetter.WorkKind)
        .OnEvent<HashRecordDisputed>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<HashRecordWithdrawn>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<HashRecordMarked>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<HashRecordConfirmed>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<NegativeListProposed>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<HashImportEnded>((ended, now) => ended.TakenBack > 0 ? [SendCorrectionLetter.Order(now)] : [])
        .OnEvent<HashSourceTrustApplied>((_, now) => [SendCorrectionLetter.Order(now)])
        .AddDuty(12, "LateDisputes", "/staff/hash-bank/disputes", Right.DecideDispute, (db, _, now, cancellation) => db.Set<DisputeCase>()
            .CountAsync(c => c.DecidedAt == null && (c.Party != DisputeParty.Sample || c.Filings > 0) && ((c.ReadAt == null && c.ReadDue < now) || c.DecideDue < now), cancellation))
        .AddDuty(55, "Disputes", "/staff/hash-bank/disputes", Right.DecideDispute, Waiting);

    public static void Map(IEndpointRouteBuilder routes, RouteGroupBuilder bank)
    {
        PublicDispute.Map(routes);
        bank.MapGet("/disputes", ListDisputes.Get).RequireRight(Right.SeeDisputes);
        bank.MapGet("/disputes/new", EnterDispute.Get).RequireRight(Right.EnterDispute);
        bank.MapPost("/disputes/new", EnterDispute.Post).RequireRight(Right.EnterDispute);
        bank.MapGet("/disputes/{disputeId}", ShowDispute.Get).RequireRight(Right.SeeDisputes);
        bank.MapPost("/disputes/{disputeId}/take", TakeDispute.Post).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/give-back", TakeDispute.PostBack).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/decide", DecideDispute.Post).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/link", LinkDispute.Post).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/nothing", LinkDispute.PostNothing).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/release", SettleFlood.PostRelease).RequireRight(Right.DecideDispute);
        bank.MapPost("/disputes/{disputeId}/close", SettleFlood.PostClose).RequireRight(Right.DecideDispute);
        bank.MapGet("/partners/{partnerId}", ShowPartner.Get).RequireRight(Right.SeeHashPartners);
        bank.MapPost("/partners/{partnerId}/desk", ShowPartner.PostDesk).RequireRight(Right.AdmitHashPartner);
        PartnerKey.Require(routes.MapPost("/api/v1/disputes", PartnerDisputes.Post)).WithMetadata(new JsonBodyMetadata());
        PartnerKey.Require(routes.MapGet("/api/v1/disputes/{record}", PartnerDisputes.Get));
        PartnerKey.Require(routes.MapGet("/api/v1/corrections", Corrections.Get));
    }

    /// <summary>Those that this person may take or holds, those without a record, and floods.</summary>
    private static Task<int> Waiting(EgidaDb db, CurrentStaff staff, DateTime now, CancellationToken cancellation) => db.Set<DisputeCase>().CountAsync(
        c => c.State == DisputeState.Held || c.State == DisputeState.ToLink || (c.State == DisputeState.Taken && c.Assessor == staff.Id)
            || (c.State == DisputeState.Open && c.EnteredBy != staff.Id
                && !db.Set<DisputeFiling>().Any(f => f.CaseId == c.Id && (f.EnteredBy == staff.Id || f.LinkedBy == staff.Id))
                && !db.Set<Contribution>().Any(o => o.RecordId == c.RecordId && db.Set<Statement>().Any(s => s.Id == o.StatementId && s.By == staff.Id))
                && !db.Set<HashRecord>().Any(m => m.MergedInto == c.RecordId && db.Set<Contribution>().Any(o => o.RecordId == m.Id && db.Set<Statement>().Any(s => s.Id == o.StatementId && s.By == staff.Id)))),
        cancellation);
}
