using Egida.Access;
using Egida.Blocking.Appeals;
using Egida.Blocking.Inbound;
using Egida.Blocking.Publishing;
using Egida.HashBank.Partners;
using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>The last step: domains that operators block, decided by two people, for a time, with a way to object.</summary>
public static class BlockingFeature
{
    public static IServiceCollection AddBlocking(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(provider => BlockingTerms.Of(provider.GetRequiredService<CountryFolder>()))
        .AddSingleton(provider => PublishingOptions.Of(configuration, provider.GetRequiredService<Contacts.Institution>().Mail))
        .AddSingleton<DomainRules>()
        .AddScoped<BlockList>()
        .AddScoped<ProposeBlock>()
        .AddScoped<DecideBlock>()
        .AddScoped<ReviewBlock>()
        .AddScoped<EndBlock>()
        .AddScoped<ShowBlock>()
        .AddScoped<OpenSubscription>()
        .AddScoped<ShowSubscriptions>()
        .AddScoped<FetchBlockList>()
        .AddScoped<FileAppeal>()
        .AddScoped<DecideAppeal>()
        .AddScoped<ShowAppeals>()
        .AddScoped<ImportDomains>()
        .AddScoped<SetInboundAside>()
        .AddScoped<ShowInbound>()
        .AddSingleton(ReadAppealReceipt.Receipts)
        .AddWork<AskForReview>(AskForReview.WorkKind)
        .AddWork<PublishAdditions>(PublishAdditions.WorkKind)
        .AddWork<RenewBlockList>(RenewBlockList.WorkKind)
        .AddWork<SendAppealLetter>(SendAppealLetter.WorkKind)
        .AddSingleton(provider => new EventRoute(typeof(BlockDecided), (_, now) =>
            [PublishAdditions.Order(now.AddMinutes(provider.GetRequiredService<BlockingTerms>().AdditionsAfterMinutes)), RenewBlockList.Order()]))
        .AddSingleton(FindBlock.Finder)
        .AddItemSection<BlockingSection>(85, Right.SeeBlocking)
        .AddNavigation(85, "Blocking", "/staff/blocking", Right.SeeBlocking)
        .AddDuty(13, "BlockAppealsLate", "/staff/blocking/appeals", Right.DecideBlockAppeal, (db, _, now, cancellation) =>
            db.Set<BlockAppeal>().CountAsync(a => a.DecidedAt == null && a.DecideDue < now, cancellation))
        .AddDuty(14, "BlockReviews", "/staff/blocking?state=Decided", Right.DecideBlock, (db, staff, now, cancellation) => db.Set<BlockedDomain>()
            .CountAsync(b => b.State == BlockState.Decided && b.ProposedBy != staff.Id && (b.ReviewAskedAt != null || b.ReviewBy < now), cancellation))
        .AddDuty(50, "BlockProposals", "/staff/blocking?state=Proposed", Right.DecideBlock, (db, staff, _, cancellation) =>
            db.Set<BlockedDomain>().CountAsync(b => b.State == BlockState.Proposed && b.ProposedBy != staff.Id, cancellation))
        .AddDuty(51, "BlockAppeals", "/staff/blocking/appeals", Right.DecideBlockAppeal, (db, staff, _, cancellation) => db.Set<BlockAppeal>().CountAsync(
            a => a.DecidedAt == null && !db.Set<BlockedDomain>().Any(b => b.Id == a.EntryId && (b.ProposedBy == staff.Id || b.DecidedBy == staff.Id || b.ReviewedBy == staff.Id)), cancellation))
        .AddSingleton(provider => new StaffDuty(16, "BlockOperatorsLate", "/staff/blocking/operators", Right.AdmitHashPartner, (db, _, now, cancellation) =>
            ShowSubscriptions.CountLate(db, provider.GetRequiredService<BlockingTerms>(), now, cancellation)));

    public static IEndpointRouteBuilder MapBlocking(this IEndpointRouteBuilder routes)
    {
        StopPages.Map(routes);
        var blocking = routes.MapStaff("/blocking");
        blocking.MapGet("", ListBlocks.Get).RequireRight(Right.SeeBlocking);
        blocking.MapGet("/new", ProposeBlock.Get).RequireRight(Right.ProposeBlock);
        blocking.MapPost("/check", ProposeBlock.PostCheck).RequireRight(Right.ProposeBlock);
        blocking.MapPost("/new", ProposeBlock.Post).RequireRight(Right.ProposeBlock);
        blocking.MapGet("/appeals", ShowAppeals.List).RequireRight(Right.SeeBlocking);
        blocking.MapGet("/appeals/{appealId}", ShowAppeals.Get).RequireRight(Right.SeeBlocking);
        blocking.MapPost("/appeals/{appealId}/decide", DecideAppeal.Post).RequireRight(Right.DecideBlockAppeal);
        blocking.MapGet("/inbound", ShowInbound.Get).RequireRight(Right.SeeBlocking);
        blocking.MapPost("/inbound", ImportDomains.Post).RequireRight(Right.ProposeBlock);
        blocking.MapPost("/inbound/{domainId}/aside", SetInboundAside.Post).RequireRight(Right.ProposeBlock);
        blocking.MapGet("/operators", ShowSubscriptions.Get).RequireRight(Right.SeeHashPartners);
        blocking.MapPost("/operators", OpenSubscription.Post).RequireRight(Right.AdmitHashPartner);
        blocking.MapPost("/operators/{partnerId}/close", OpenSubscription.PostClose).RequireRight(Right.AdmitHashPartner);
        blocking.MapGet("/{entryId}", ShowBlock.Get).RequireRight(Right.SeeBlocking);
        blocking.MapPost("/{entryId}/decide", DecideBlock.Post).RequireRight(Right.DecideBlock);
        blocking.MapPost("/{entryId}/refuse", DecideBlock.PostRefuse).RequireRight(Right.DecideBlock);
        blocking.MapPost("/{entryId}/review", ReviewBlock.Post).RequireRight(Right.DecideBlock);
        blocking.MapPost("/{entryId}/end", EndBlock.Post).RequireRight(Right.EndBlock);
        PartnerKey.Require(routes.MapGet("/api/v1/blocking", OfferBlockList.Get));
        PartnerKey.Require(routes.MapGet("/api/v1/blocking/changes", FetchBlockList.GetChanges));
        PartnerKey.Require(routes.MapGet("/api/v1/blocking/summary", FetchBlockList.GetSummary));
        PartnerKey.Require(routes.MapGet("/api/v1/blocking/{file}", FetchBlockList.Get));
        return routes;
    }
}
