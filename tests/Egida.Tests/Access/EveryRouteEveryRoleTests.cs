using System.Net;
using System.Text.RegularExpressions;
using Egida.Access;
using Egida.Audit;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Access;

/// <summary>The table of rights crossed with every route that the application has: a new route is tested by being there.</summary>
public sealed partial class EveryRouteEveryRoleTests
{
    [Fact]
    public async Task Every_route_says_who_may_use_it_exactly_once()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);

        var wrong = Routes(host).Where(e =>
            e.Metadata.OfType<RightMetadata>().Count() + e.Metadata.OfType<PublicMetadata>().Count() + e.Metadata.OfType<PartnerMetadata>().Count() != 1);

        Assert.Empty(wrong.Select(e => e.RoutePattern.RawText));
        Assert.True(Routes(host).Count(e => e.Metadata.GetMetadata<RightMetadata>() is not null) > 20);
    }

    [Theory, OnBothDatabases]
    public async Task Without_the_right_every_route_refuses_and_with_it_none_does(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var (method, path, right) in StaffRoutes(host))
            {
                // Signed in anew for each: signing out is one of the routes.
                using var client = await host.SignIn(role);
                var status = (await Ask(client, method, path)).StatusCode;
                var allowed = RightsTable.Holds(role, right);
                // A route may ask for more than the right (a pass, a claim) and refuse by itself: the refusal for want of the right is the logged one.
                var subject = $"staff:{client.Staff}";
                var lacked = status is HttpStatusCode.Unauthorized
                    || (status is HttpStatusCode.Forbidden && await host.Read(db => db.Set<AuditEntry>().AnyAsync(e => e.Action == "access.refused" && e.Subject == subject)));
                if ((int)status >= 500 || lacked == allowed)
                {
                    wrong.Add($"{role} {method} {path}: {(int)status}, {(allowed ? "holds" : "lacks")} {right}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_who_is_not_signed_in_is_sent_to_sign_in_from_every_staff_route(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var wrong = new List<string>();
        foreach (var (method, path, _) in StaffRoutes(host))
        {
            var answer = await Ask(client, method, path);
            if (answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location?.AbsolutePath != "/staff/sign-in")
            {
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    private static IEnumerable<RouteEndpoint> Routes(EgidaHost host) =>
        host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    private static IEnumerable<(string Method, string Path, Right Right)> StaffRoutes(EgidaHost host) =>
        from route in Routes(host)
        let right = route.Metadata.GetMetadata<RightMetadata>()
        where right is not null
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + Parameter().Replace(route.RoutePattern.RawText!, m => IsNumber().IsMatch(m.Value) ? "1" : Guid.CreateVersion7().ToString()).TrimStart('/'), right.Right);

    private static Task<HttpResponseMessage> Ask(TestClient client, string method, string path) =>
        client.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@":(int|long)\b", RegexOptions.None, 1000)]
    private static partial Regex IsNumber();
}
