using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.HashBank.Lists;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

internal static class MergingFeature
{
    public static IServiceCollection AddMerging(this IServiceCollection services) => services
        .AddScoped<MergeSides>()
        .AddScoped<UniteHashes>()
        .AddScoped<MergeRecords>()
        .AddScoped<SettleMerge>()
        .AddScoped<TakenBackMeanwhile>()
        .AddScoped<UndoMerge>()
        .AddScoped<ShowMerge>()
        .OnEvent<HashRecordsMerged>((_, now) => [SendCorrectionLetter.Order(now)])
        .OnEvent<HashRecordsMerged>((merged, _) => merged.TakesOut ? [WithdrawFromLists.Order()] : [])
        .OnEvent<HashRecordsSeparated>((_, now) => [SendCorrectionLetter.Order(now), WithdrawFromLists.Order()])
        .AddDuty(61, "HashMerges", "/staff/hash-bank/merges", Right.ConfirmHashRecord, (db, staff, _, cancellation) =>
            db.Set<HashMerge>().CountAsync(m => m.State == MergeState.Proposed && m.ProposedBy != staff.Id, cancellation));

    public static void MapMerging(this RouteGroupBuilder bank)
    {
        bank.MapGet("/merges", ListMerges.Get).RequireRight(Right.SeeHashRecords);
        bank.MapGet("/merges/new", MergeRecords.Get).RequireRight(Right.ConfirmHashRecord);
        bank.MapPost("/merges/new", MergeRecords.Post).RequireRight(Right.ConfirmHashRecord);
        bank.MapGet("/merges/{mergeId}", ShowMerge.Get).RequireRight(Right.SeeHashRecords);
        bank.MapPost("/merges/{mergeId}/confirm", SettleMerge.PostConfirm).RequireRight(Right.ConfirmHashRecord);
        bank.MapPost("/merges/{mergeId}/decline", SettleMerge.PostDecline).RequireRight(Right.ConfirmHashRecord);
        bank.MapPost("/merges/{mergeId}/undo", UndoMerge.Post).RequireRight(Right.ConfirmHashRecord);
    }
}
