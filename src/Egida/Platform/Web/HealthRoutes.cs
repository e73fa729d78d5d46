using Egida.Access;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Web;

/// <summary>
/// /health/live: the process answers (nothing else is asked, so that an outage elsewhere doesn't restart it). /health/ready: the database
/// answers and has this version's schema. Neither says more than a word, but for the reasons of a <see cref="Readiness"/>.
/// </summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).OpenToPublic().AnswerHead();
        routes.MapGet("/health/ready", Ready).OpenToPublic().AnswerHead();
    }

    private static IResult Live() => TypedResults.Text("live");

    private static async Task<IResult> Ready(EgidaDb db, [FromServices] IEnumerable<Readiness> conditions, CancellationToken cancellation)
    {
        try
        {
            foreach (var condition in conditions)
            {
                if (condition.WhyNot() is { } reason)
                {
                    return TypedResults.Text($"not ready: {reason}", statusCode: StatusCodes.Status503ServiceUnavailable);
                }
            }

            return await db.Database.CanConnectAsync(cancellation) && !(await db.Database.GetPendingMigrationsAsync(cancellation)).Any()
                ? TypedResults.Text("ready")
                : TypedResults.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return TypedResults.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>One more thing that must hold before a balancer may send requests here.</summary>
/// <param name="WhyNot">Null while it holds.</param>
internal sealed record Readiness(Func<string?> WhyNot);
