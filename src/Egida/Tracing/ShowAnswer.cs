using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing;

/// <summary>The raw answer that a fact was read from, as a file: strangers wrote it, so no browser is asked to show it.</summary>
internal static class ShowAnswer
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapStaff("/tracing").MapGet("/answers/{traceId}/{hash}", Handle).RequireRight(Right.SeeTraces);

    private static async Task<IResult> Handle(HostingTraceId traceId, string hash, HttpContext context, EgidaDb db, CancellationToken cancellation)
    {
        var sha256 = hash.Length == 64 && hash.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hash) : [];
        return await db.Set<TraceAnswer>().AsNoTracking().FirstOrDefaultAsync(a => a.TraceId == traceId && a.Hash == sha256, cancellation) is { } answer
            ? TypedResults.File(answer.Unpack(), "application/octet-stream", $"answer-{hash[..12]}{(answer.Source == "dns" ? ".dns" : ".json")}")
            : Problems.Page(context, StatusCodes.Status404NotFound);
    }
}
