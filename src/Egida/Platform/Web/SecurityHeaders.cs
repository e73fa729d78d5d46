namespace Egida.Platform.Web;

/// <summary>
/// What every answer says to the browser, also a refusal or an error: nothing from elsewhere, nothing inline, no frame, no referrer, nothing kept.
/// Public pages have no script at all; staff pages only the program's own.
/// </summary>
internal static class SecurityHeaders
{
    private const string Common =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Public = Common;

    private const string Staff = Common + "; script-src 'self'; connect-src 'self'; media-src 'self'; require-trusted-types-for 'script'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // On starting: the exception handler clears headers that were set before it.
        context.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    /// <summary>Whether the path is of the staff's side: it decides the layout of a problem's page and the script policy.</summary>
    public static bool IsStaff(this HttpRequest request) => request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase);

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        // The framework announces an enhanced navigation whose script isn't served here.
        headers.Remove("blazor-enhanced-nav");
        headers.ContentSecurityPolicy = context.Request.IsStaff() ? Staff : Public;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), interest-cohort=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }
    }
}
