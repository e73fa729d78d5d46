using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.HashBank.Looks;
using Egida.HashBank.Partners.Floods;
using Egida.HashBank.Partners.Images;
using Egida.HashBank.Partners.Ranges;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <summary>Those who look hashes up from outside: who they are, what they may ask, and the routes they ask by.</summary>
internal static class PartnersFeature
{
    public static IServiceCollection AddPartners(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, PartnerKey>(PartnerKey.SchemeName, null);
        return services
            .AddSingleton<PartnerRates>()
            .AddSingleton<AnswerLedger>()
            .AddScoped<NoteAnswers>()
            .AddScoped<FloodGuard>()
            .AddScoped<ReleaseHashRecord>()
            .AddSingleton(provider => new StaffDuty(61, "HashFloods", "/staff/hash-bank/quarantine", Right.ConfirmHashRecord, async (db, staff, _, cancellation) =>
                await (await ListQuarantined.WaitingFor(staff, db, new BlindTo(db, provider.GetRequiredService<EarlierReaders>()), cancellation)).CountAsync(cancellation)))
            .AddScoped<MatchDetails>()
            .AddScoped<AnswerPartner>()
            .AddSingleton<OpaqueLooks>()
            .AddSingleton<FrameLooks>()
            .AddScoped<VideoSearch>()
            .AddSingleton<ImageRoom>()
            .AddSingleton<RangeKeys>()
            .AddSingleton<RangeShelf>()
            .AddScoped<RangeBrake>()
            .AddScoped<ResumePartner>()
            .AddDuty(62, "HashPartnersStopped", "/staff/hash-bank/partners", Right.AdmitHashPartner, (db, _, _, cancellation) =>
                db.Set<HashPartner>().CountAsync(p => p.RangesStoppedAt != null && p.EndedAt == null, cancellation))
            .AddScoped<AdmitPartner>()
            .AddScoped<EndPartner>();
    }

    /// <summary>A picture, and what a multipart form puts around it.</summary>
    private static long LargestBody(IEndpointRouteBuilder routes) => ImageRoom.Largest(routes.ServiceProvider.GetRequiredService<IConfiguration>()) + (64L << 10);

    public static IEndpointRouteBuilder MapPartners(this IEndpointRouteBuilder routes)
    {
        var partners = routes.MapStaff("/hash-bank/partners");
        partners.MapGet("", AdmitPartner.Get).RequireRight(Right.SeeHashPartners);
        partners.MapPost("", AdmitPartner.Post).RequireRight(Right.AdmitHashPartner);
        partners.MapPost("/{partnerId}/resume", ResumePartner.Post).RequireRight(Right.AdmitHashPartner);
        partners.MapPost("/{partnerId}/end", EndPartner.Post).RequireRight(Right.AdmitHashPartner);
        var quarantine = routes.MapStaff("/hash-bank/quarantine");
        quarantine.MapGet("", ListQuarantined.Get).RequireRight(Right.ConfirmHashRecord);
        var record = quarantine.MapGroup("/{recordId}").AddEndpointFilter(BlindTo.Filter);
        record.MapGet("", ShowQuarantined.Get).RequireRight(Right.ConfirmHashRecord);
        record.MapPost("/release", ReleaseHashRecord.Post).RequireRight(Right.ConfirmHashRecord);
        PartnerKey.Require(routes.MapPost("/api/v1/match", MatchHashes.Post)).WithMetadata(new JsonBodyMetadata());
        PartnerKey.Require(routes.MapPost("/api/v1/match/image", MatchImage.Post)).WithMetadata(new JsonBodyMetadata(), new RequestSizeLimitAttribute(LargestBody(routes)));
        PartnerKey.Require(routes.MapGet("/api/v1/ranges/epoch", GetRange.Epoch));
        PartnerKey.Require(routes.MapGet("/api/v1/ranges/{kind}/{epoch:int}/{prefix}", GetRange.Get));
        return routes;
    }
}
