using Microsoft.AspNetCore.Http.Features;

namespace Egida.Platform.Telemetry;

/// <summary>Says in a request's trace which route it took: the pattern, never the path. ASP.NET Core leaves that to instrumentation we don't carry.</summary>
internal static class RouteTag
{
    public static void UseRouteTag(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern })
        {
            context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("http.route", pattern);
        }

        return next(context);
    });
}
