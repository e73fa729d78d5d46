using Egida.Access;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>The national hash database: records, proposals, confirmations.</summary>
public static class HashBankFeature
{
    public static IServiceCollection AddHashBank(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ConfirmedPictures>()
        .AddScoped<Lookup>()
        .AddScoped<ConfirmHashRecord>()
        .AddScoped<WithdrawHashRecord>()
        .AddDuty(60, "HashRecords", "/staff/hash-bank?state=Proposed", Right.ConfirmHashRecord, (db, staff, _, cancellation) => db.Set<HashRecord>()
            .CountAsync(r => r.State == HashRecordState.Proposed && r.ProposedBy != staff.Id, cancellation))
        .AddSingleton(ListHashRecords.Finder)
        .AddNavigation(110, "HashBank", "/staff/hash-bank", Right.SeeHashRecords);

    public static IEndpointRouteBuilder MapHashBank(this IEndpointRouteBuilder routes)
    {
        var bank = routes.MapStaff("/hash-bank");
        bank.MapGet("", ListHashRecords.Get).RequireRight(Right.SeeHashRecords);
        bank.MapGet("/{recordId}", ShowHashRecord.Get).RequireRight(Right.SeeHashRecords);
        bank.MapPost("/{recordId}/confirm", ConfirmHashRecord.Post).RequireRight(Right.ConfirmHashRecord);
        bank.MapPost("/{recordId}/withdraw", WithdrawHashRecord.Post).RequireRight(Right.ConfirmHashRecord);
        return routes;
    }
}
