using Egida.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace Egida.Platform.Web;

/// <summary>
/// A staff form whose token doesn't hold: too old, of another sign-in, or of another site. Nothing of it is done; the page says what to do and gives back
/// what was written, to be copied. It offers no second sending, because the form may not be the person's own.
/// </summary>
internal static partial class FormTokenRefusal
{
    private const int MostTexts = 10;

    public static void UseFormTokenRefusal(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation == true
        && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Refuse(context)
            : next(context));

    /// <summary>A form whose session has ended in the meantime, for the way to the sign-in: gives back what was written, if anything was.</summary>
    /// <returns>False: nothing was written, or no form came.</returns>
    public static async Task<bool> GaveBack(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || Problems.WantsJson(context.Request))
        {
            return false;
        }

        try
        {
            if (await TextsOf(context) is not { Count: > 0 } texts)
            {
                return false;
            }

            await Page.Of<StaleFormPage>(new { Texts = texts, Ended = true }, StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return true;
        }
        catch (InvalidDataException)
        {
            // A form that can't be read holds nothing to give back.
            return false;
        }
    }

    private static async Task Refuse(HttpContext context)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown";
        LogRefused(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FormTokenRefusal)), route);
        if (CurrentStaff.Of(context.User) is { } staff)
        {
            await StaffPages.LogFormRefusal(context, staff);
        }

        var answer = Problems.WantsJson(context.Request)
            ? Problems.Page(context, StatusCodes.Status400BadRequest)
            : Page.Of<StaleFormPage>(new { Texts = await TextsOf(context) }, StatusCodes.Status400BadRequest);
        await answer.ExecuteAsync(context);
    }

    /// <summary>What somebody wrote in sentences. Single words, ids and codes are typed again quickly, and a code is shown to nobody.</summary>
    internal static IReadOnlyList<string> Written(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields) =>
    [
        .. fields.Where(f => f.Key is not ("code" or "credential" or "secret" or "back"))
            .SelectMany(f => f.Value.OfType<string>())
            .Select(value => value.Trim())
            .Where(value => value.Any(char.IsWhiteSpace))
            .Take(MostTexts),
    ];

    private static async Task<IReadOnlyList<string>> TextsOf(HttpContext context)
    {
        // The framework lets nobody read a form whose token failed; here nothing is done with it but giving it back.
        var verdict = context.Features.Get<IAntiforgeryValidationFeature>();
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        try
        {
            return context.Request.HasFormContentType ? Written(await context.Request.ReadFormAsync(context.RequestAborted)) : [];
        }
        finally
        {
            context.Features.Set(verdict);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "A form's token didn't hold at {Route}")]
    private static partial void LogRefused(ILogger logger, string route);
}
