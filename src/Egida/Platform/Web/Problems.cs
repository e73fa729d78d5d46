using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Web;

/// <summary>
/// Refusals and errors as pages: what happened and what to do, never a detail. Programs (paths below `/api`, or asking for JSON) get
/// RFC 9457 problem details with the same status.
/// </summary>
internal static class Problems
{
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Answer(context, StatusOf(context.Features.Get<IExceptionHandlerFeature>()?.Error)),
            StatusCodeSelector = StatusOf,
            // A body that is too large or broken is the sender's mistake, answered and counted, not an error of ours.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or InvalidDataException,
        });
        app.UseStatusCodePages(context => Answer(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <summary>A refusal as a page, for handlers: <c>return Problems.Page(context, 409);</c>.</summary>
    public static IResult Page(HttpContext context, int status) => context.Request switch
    {
        var request when WantsJson(request) => TypedResults.Problem(statusCode: status),
        var request when request.IsStaff() => Web.Page.Of<StaffProblemPage>(new { Status = status }, status),
        _ => Web.Page.Of<PublicProblemPage>(new { Status = status }, status),
    };

    private static int StatusOf(Exception? error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // The form reader's own limits: number of fields, length of one.
        InvalidDataException => StatusCodes.Status413PayloadTooLarge,
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task Answer(HttpContext context, int status) => Page(context, status).ExecuteAsync(context);

    internal static bool WantsJson(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || (request.GetTypedHeaders().Accept is [var first, ..] && first.MediaType.Value?.EndsWith("json", StringComparison.Ordinal) == true);
}
