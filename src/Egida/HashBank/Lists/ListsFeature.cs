using Egida.Access;
using Egida.HashBank.Imports;
using Egida.HashBank.Partners;
using Egida.HashBank.Partners.Floods;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

/// <summary>Signed lists for partners that match on their own machines.</summary>
internal static class ListsFeature
{
    public static IServiceCollection AddLists(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ListOptions>().Bind(configuration.GetSection("Lists")).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ListOptions>, ListOptionsCheck>()
            .AddSingleton<ListFolder>()
            .AddSingleton<CanaryHashes>()
            .AddScoped<ListKeys>()
            .AddScoped<ListEntries>()
            .AddScoped<CanaryEntries>()
            .AddScoped<CanaryWatch>()
            .AddScoped<OpenHashList>()
            .AddScoped<CloseHashList>()
            .AddScoped<OrderHashListDelta>()
            .AddScoped<ReplaceListKey>()
            .AddScoped<SettleCanarySighting>()
            .AddScoped<FetchHashList>()
            .AddScoped<ShowHashLists>()
            .AddWork<PublishHashList>(PublishHashList.WorkKind)
            .AddWork<WithdrawFromLists>(WithdrawFromLists.WorkKind)
            .OnEvent<HashRecordWithdrawn>(_ => WithdrawFromLists.Order())
            .OnEvent<HashRecordDisputed>(_ => WithdrawFromLists.Order())
            .OnEvent<HashRecordMarked>(_ => WithdrawFromLists.Order())
            .OnEvent<NegativeListProposed>(_ => WithdrawFromLists.Order())
            .OnEvent<HashRecordQuarantined>(_ => WithdrawFromLists.Order())
            .OnEvent<HashRecordReleased>(_ => WithdrawFromLists.Order())
            .OnEvent<HashImportEnded>((ended, _) => ended.TakenBack > 0 ? [WithdrawFromLists.Order()] : [])
            .OnEvent<HashSourceTrustApplied>(_ => WithdrawFromLists.Order())
            .AddDuty(5, "CanarySightings", "/staff/hash-bank/lists", Right.AdmitHashPartner, (db, _, _, cancellation) =>
                db.Set<CanarySighting>().CountAsync(s => s.SettledAt == null, cancellation))
            .AddSingleton(provider => new StaffDuty(65, "OverdueLists", "/staff/hash-bank/lists", Right.AdmitHashPartner, (db, _, now, cancellation) =>
                ShowHashLists.CountOverdue(db, now, provider.GetRequiredService<IOptions<ListOptions>>().Value.OverdueAfter, cancellation)));
    }

    public static void MapLists(this IEndpointRouteBuilder routes, IEndpointRouteBuilder bank)
    {
        bank.MapGet("/lists", ShowHashLists.Get).RequireRight(Right.SeeHashPartners);
        bank.MapPost("/lists", OpenHashList.Post).RequireRight(Right.AdmitHashPartner);
        bank.MapPost("/lists/deltas", OrderHashListDelta.PostAll).RequireRight(Right.AdmitHashPartner);
        bank.MapPost("/lists/key", ReplaceListKey.Post).RequireRight(Right.AdmitHashPartner);
        bank.MapPost("/lists/{listId}/delta", OrderHashListDelta.Post).RequireRight(Right.AdmitHashPartner);
        bank.MapPost("/lists/{listId}/close", CloseHashList.Post).RequireRight(Right.AdmitHashPartner);
        bank.MapPost("/lists/sightings/{sightingId}/settle", SettleCanarySighting.Post).RequireRight(Right.AdmitHashPartner);
        PartnerKey.Require(routes.MapGet("/api/v1/lists", FetchHashList.List));
        PartnerKey.Require(routes.MapGet("/api/v1/lists/{name}/{version:long}", FetchHashList.Get));
    }

    private sealed class ListOptionsCheck : IValidateOptions<ListOptions>
    {
        public ValidateOptionsResult Validate(string? name, ListOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
