using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>A record that was merged has no page of its own: its number, wherever it is written down, leads to the one that stands for it.</summary>
internal static class MergedRecords
{
    /// <summary>On every route of one record. What somebody wanted to do to it they do there, after they have seen what it is now.</summary>
    public static async ValueTask<object?> LeadOn(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HashRecordId.TryParse(http.Request.RouteValues["recordId"] as string, out var record)
            && await Family.SurvivorOf(http.RequestServices.GetRequiredService<EgidaDb>(), record, http.RequestAborted) is { } survivor && survivor != record)
        {
            return TypedResults.LocalRedirect($"/staff/hash-bank/{survivor}?merged={record}");
        }

        return await next(context);
    }

    /// <summary>What was merged into this record and into those, or was to be, the newest first.</summary>
    public static Task<List<HashMerge>> Of(EgidaDb db, IReadOnlyCollection<HashRecordId> family, CancellationToken cancellation) =>
        db.Set<HashMerge>().AsNoTracking().Where(m => family.Contains(m.Survivor) || family.Contains(m.Merged)).OrderByDescending(m => m.ProposedAt).ToListAsync(cancellation);
}
