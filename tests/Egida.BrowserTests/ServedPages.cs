using System.Text.RegularExpressions;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.BrowserTests;

/// <summary>Every page that the application serves, taken from its own routes: whoever adds a page has it looked at, or the test fails until there is a sample of it.</summary>
internal static partial class ServedPages
{
    /// <summary>Answers that nobody reads: files, probes, pixels, ways on.</summary>
    private static readonly string[] NoPages =
    [
        "/", "/api/v1/blocking", "/api/v1/blocking/changes", "/api/v1/blocking/summary", "/api/v1/blocking/{file}", "/api/v1/corrections", "/api/v1/disputes/{record}", "/api/v1/lists", "/api/v1/lists/{name}/{version}", "/api/v1/ranges/epoch", "/api/v1/ranges/{kind}/{epoch}/{prefix}", "/assets/{file}", "/blocked", "/health/live", "/health/ready", "/{language}/leave",
        "/staff/assessment/disputes/{disputeId}/blurred", "/staff/assessment/disputes/{disputeId}/picture", "/staff/assessment/{itemId}/blurred/{evidenceId}", "/staff/assessment/{itemId}/picture/{evidenceId}", "/staff/hash-bank/imports/{importId}/refused", "/staff/police/certificate", "/staff/police/handed-over.csv", "/staff/police/{packageId}/parts/{part}", "/staff/police/{packageId}/stamps/{part}",
        "/staff/tracing/answers/{traceId}/{hash}",
    ];

    /// <returns>Routes without their constraints: `/staff/items/{id}`.</returns>
    public static IReadOnlyList<string> Routes(EgidaHost host) =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => Constraint().Replace("/" + e.RoutePattern.RawText!.Trim('/'), "}"))
            .Except(NoPages).Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> Public(EgidaHost host, Samples samples, string language) =>
    [
        .. Routes(host).Where(r => r.StartsWith("/{language}", StringComparison.Ordinal))
            .Select(r => r.Replace("{language}", language, StringComparison.Ordinal).Replace("{link}", samples.NoticeLink, StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<string> Staff(EgidaHost host, Samples samples, string entryToken) =>
        [.. Routes(host).Where(r => !r.StartsWith("/{language}", StringComparison.Ordinal)).Select(r => Sample(r, samples, entryToken))];

    private static string Sample(string route, Samples of, string entryToken) => route switch
    {
        "/staff/assessment/{itemId}" => $"/staff/assessment/{of.Desk}",
        "/staff/blocking/appeals/{appealId}" => $"/staff/blocking/appeals/{of.Blocking.Appeal}",
        "/staff/blocking/{entryId}" => $"/staff/blocking/{of.Blocking.Proposed}",
        "/staff/enter/{token}" => $"/staff/enter/{entryToken}",
        "/staff/evidence/{itemId}/destruction" => $"/staff/evidence/{of.ToDestroy}/destruction",
        "/staff/hash-bank/clusters/{recordId}" => $"/staff/hash-bank/clusters/{of.Cluster}",
        "/staff/hash-bank/merges/new" => $"/staff/hash-bank/merges/new?one={of.Cluster}&other={of.Lookalike}",
        "/staff/hash-bank/merges/{mergeId}" => $"/staff/hash-bank/merges/{of.Merge}",
        "/staff/hash-bank/disputes/{disputeId}" => $"/staff/hash-bank/disputes/{of.Dispute}",
        "/staff/hash-bank/partners/{partnerId}" => $"/staff/hash-bank/partners/{of.Partner}",
        "/staff/hash-bank/samples/{sampleId}" => $"/staff/hash-bank/samples/{of.Sample}",
        "/staff/hash-bank/sources/{code}" => $"/staff/hash-bank/sources/{of.Source}",
        "/staff/hash-bank/{recordId}" => $"/staff/hash-bank/{of.Record}",
        "/staff/hash-bank/quarantine/{recordId}" => $"/staff/hash-bank/quarantine/{of.Quarantined}",
        "/staff/items/{id}" => $"/staff/items/{of.ToDestroy}",
        "/staff/police/{packageId}" => $"/staff/police/{of.Package}",
        "/staff/routing/{itemId}" => $"/staff/routing/{of.NoRoute}",
        "/staff/contacts/desks/{deskId}" => $"/staff/contacts/desks/{TracingSamples.Desk}",
        "/staff/tracing/origins/{questionId}" => $"/staff/tracing/origins/{TracingSamples.Question}",
        "/staff/wellbeing/{staffId}" => $"/staff/wellbeing/{of.Colleague}",
        _ when route.Contains('{', StringComparison.Ordinal) => throw new InvalidOperationException($"The page {route} has no sample here: make one, so that it is looked at."),
        _ => route,
    };

    [GeneratedRegex(":[a-z]+}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();
}
