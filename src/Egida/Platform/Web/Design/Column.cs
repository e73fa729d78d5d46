using Microsoft.AspNetCore.Http.Extensions;

namespace Egida.Platform.Web.Design;

/// <summary>A heading of a table.</summary>
/// <param name="SortKey">The value of <c>?sort=</c>; null: can't be sorted.</param>
public sealed record Column(string Heading, string? SortKey = null, bool IsNumber = false);

internal static class HereWith
{
    /// <summary>The address of this page with one value of the query replaced: filters stay when the sort or the page changes.</summary>
    public static string Query(HttpContext context, string name, string value, string? drop = null)
    {
        var query = new QueryBuilder(context.Request.Query
            .Where(q => q.Key != name && q.Key != drop)
            .SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? "")))
        {
            { name, value },
        };
        return context.Request.Path + query.ToString();
    }
}
