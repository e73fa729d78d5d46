using Egida.Access;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Authentication;

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
            .AddScoped<MatchDetails>()
            .AddScoped<MatchHashes>()
            .AddScoped<AdmitPartner>()
            .AddScoped<EndPartner>();
    }

    public static IEndpointRouteBuilder MapPartners(this IEndpointRouteBuilder routes)
    {
        var partners = routes.MapStaff("/hash-bank/partners");
        partners.MapGet("", AdmitPartner.Get).RequireRight(Right.SeeHashPartners);
        partners.MapPost("", AdmitPartner.Post).RequireRight(Right.AdmitHashPartner);
        partners.MapPost("/{partnerId}/end", EndPartner.Post).RequireRight(Right.AdmitHashPartner);
        PartnerKey.Require(routes.MapPost("/api/v1/match", MatchHashes.Post)).WithMetadata(new JsonBodyMetadata());
        return routes;
    }
}
