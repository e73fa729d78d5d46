using System.Security.Claims;
using System.Text.Encodings.Web;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Partners;

/// <summary>Metadata of a route for partners with a key; the endpoint table reads it.</summary>
public sealed record PartnerMetadata;

/// <summary>`Authorization: Bearer egida-…`: which partner asks. Looked up at every request, so an ended one is out at once.</summary>
internal sealed class PartnerKey(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, EgidaDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "hash-partner";

    private const string Bearer = "Bearer ";

    private static readonly object Asking = new();

    public static HashPartner Of(HttpContext context) => (HashPartner)context.Items[Asking]!;

    /// <summary>Only with a partner's key; the body is JSON, and no cookie is looked at, so there is nothing that another site could ride on.</summary>
    public static TBuilder Require<TBuilder>(TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder
        .RequireAuthorization(new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().Build())
        .WithMetadata(new PartnerMetadata());

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var hash = HashPartner.HashOf(header[Bearer.Length..].Trim());
        var partner = await db.Set<HashPartner>().AsNoTracking().SingleOrDefaultAsync(p => p.KeyHash == hash && p.EndedAt == null, Context.RequestAborted);
        if (partner is null)
        {
            return AuthenticateResult.Fail("There is no partner with this key.");
        }

        Context.Items[Asking] = partner;
        var identity = new ClaimsIdentity([new Claim("hash-partner", partner.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
