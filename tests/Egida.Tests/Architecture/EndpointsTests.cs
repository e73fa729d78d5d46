using System.Text;
using Egida.Access;
using Egida.HashBank.Partners;
using Egida.HashSearch.Tests;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Architecture;

/// <summary>Every door of the web: who may open it, and if a form needs its token.</summary>
public sealed class EndpointsTests
{
    [Fact]
    public async Task Every_route_is_approved_with_its_right_and_its_token()
    {
        var text = new StringBuilder("# verb · route · who · form token\n");
        foreach (var door in await Doors())
        {
            text.Append($"{door.Verb,-5} {door.Route,-56} {door.Who,-22} {(door.Verb == "GET" ? "–" : door.Token ? "token" : "no token")}\n");
        }

        ApprovedFile.Matches(Path.Combine(Repository.Root, "tests/Egida.Tests/Architecture/Endpoints.verified.txt"), text.ToString());
    }

    [Fact]
    public async Task No_route_is_open_by_omission() =>
        Assert.Empty((await Doors()).Where(d => d.Who.Length == 0).Select(d => $"{d.Verb} {d.Route}: give it RequireRight or OpenToPublic"));

    [Fact]
    public async Task Every_form_of_the_staff_needs_its_token() =>
        Assert.Empty((await Doors()).Where(d => d.Route.StartsWith("/staff", StringComparison.Ordinal) && d.Verb != "GET" && !d.Token).Select(d => $"{d.Verb} {d.Route}"));

    private static async Task<List<Door>> Doors()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        return
        [
            .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).Where(verb => verb != "HEAD").Select(verb => Of(e, verb)))
                .OrderBy(d => d.Route, StringComparer.Ordinal).ThenBy(d => d.Verb, StringComparer.Ordinal),
        ];
    }

    private static Door Of(RouteEndpoint endpoint, string verb) => new(
        verb,
        "/" + endpoint.RoutePattern.RawText?.TrimStart('/'),
        Who(endpoint.Metadata),
        endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true);

    /// <summary>AllowAnonymous wins over everything else in ASP.NET Core, so it is asked first.</summary>
    private static string Who(Microsoft.AspNetCore.Http.EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAllowAnonymous>() is not null ? metadata.GetMetadata<PublicMetadata>() is null ? "" : "public"
        : metadata.GetOrderedMetadata<RightMetadata>() is { Count: > 0 } rights ? string.Join(" + ", rights.Select(r => r.Right))
        : metadata.GetMetadata<PartnerMetadata>() is not null && metadata.GetMetadata<AuthorizationPolicy>() is not null ? "a partner's key"
        : metadata.GetMetadata<AuthorizationPolicy>() is not null || metadata.GetMetadata<IAuthorizeData>() is not null ? "anybody signed in"
        : "";

    private sealed record Door(string Verb, string Route, string Who, bool Token);
}
