using Microsoft.AspNetCore.Authorization;

namespace Egida.Access;

/// <summary>Metadata that the endpoint table and the roles test read.</summary>
public sealed record RightMetadata(Right Right);

/// <summary>Metadata of a route that anybody may use without signing in.</summary>
public sealed record PublicMetadata;

public static class RequireRightExtensions
{
    /// <summary>Only a signed-in staff member who holds the right; anybody else is sent to sign in, or refused plainly.</summary>
    public static TBuilder RequireRight<TBuilder>(this TBuilder builder, Right right) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(context => CurrentStaff.Of(context.User)?.Has(right) == true)
                .Build())
            .WithMetadata(new RightMetadata(right));

    public static TBuilder OpenToPublic<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AllowAnonymous().WithMetadata(new PublicMetadata());
}
