using System.Globalization;
using Egida.HashBank.Index;

namespace Egida.HashBank.Nodes;

/// <summary>
/// In front of everything on a look-up node: of the whole application only look-ups and health are served, and while the node isn't ready, look-ups are refused, for another
/// node to answer. An answer says up to which change it knows the bank, at least.
/// </summary>
internal sealed class LookupGate : IStartupFilter
{
    public const string ChangeHeader = "Egida-Bank-Change";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Handle);
        next(app);
    };

    private static Task Handle(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/health"))
        {
            return next(context);
        }

        if (!path.StartsWithSegments("/api/v1/match") && !path.StartsWithSegments("/api/v1/ranges"))
        {
            return Refuse(context, StatusCodes.Status404NotFound, "This node answers look-ups and nothing else.");
        }

        if (context.RequestServices.GetRequiredService<NodeHealth>().Judge().Problem is { } problem)
        {
            context.Response.Headers.RetryAfter = "2";
            return Refuse(context, StatusCodes.Status503ServiceUnavailable, $"This node can't answer now: {problem}.");
        }

        // Before anything is read: what is read may be newer, and is never older.
        var change = context.RequestServices.GetRequiredService<BankIndex>().Followed;
        context.Response.Headers[ChangeHeader] = change.ToString(CultureInfo.InvariantCulture);
        return next(context);
    }

    private static Task Refuse(HttpContext context, int status, string why) => TypedResults.Problem(why, statusCode: status).ExecuteAsync(context);
}
