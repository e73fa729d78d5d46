using Egida.Access;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Web;

/// <summary>
/// /health/live: the process answers (nothing else is asked, so that an outage elsewhere doesn't restart it). /health/ready: the database
/// answers and has this version's schema. Neither says more than a word.
/// </summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", Live).OpenToPublic();
        routes.MapGet("/health/ready", Ready).OpenToPublic();
    }

    private static IResult Live() => TypedResults.Text("live");

    private static async Task<IResult> Ready(EgidaDb db, CancellationToken cancellation)
    {
        try
        {
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
