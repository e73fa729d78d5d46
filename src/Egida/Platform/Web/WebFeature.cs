using System.Text.Encodings.Web;
using System.Text.Unicode;
using Egida.Platform.Telemetry;
using Egida.Platform.Web.Styleguide;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;

namespace Egida.Platform.Web;

internal static class WebFeature
{
    public static IServiceCollection AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents();
        // Polish and Ukrainian letters as themselves: half the bytes of a page, and a readable source.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "egida-form";
            // A token comes in a form, never beside something else.
            antiforgery.HeaderName = null;
            antiforgery.Cookie.Path = "/staff";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<RouteOptions>(routes => routes.ConstraintMap["language"] = typeof(PublicRoutes.LanguageConstraint));
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 200;
            form.KeyLengthLimit = 200;
            form.ValueLengthLimit = 256 * 1024;
        });
        services.PostConfigure<HostFilteringOptions>(hosts =>
        {
            // Without AllowedHosts only this machine's own names are answered; an operator names the public ones.
            if (string.IsNullOrEmpty(configuration["AllowedHosts"]))
            {
                hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            }

            hosts.AllowEmptyHosts = false;
            hosts.IncludeFailureMessage = false;
        });
        services.AddAuthorization();
        services.AddAuthentication();
        services.AddHttpContextAccessor();
        return services
            .AddSingleton(Texts.FromAssembly(typeof(WebFeature).Assembly))
            .AddSingleton<WebAssets>()
            .AddSingleton(provider => provider.GetRequiredService<CountryFolder>().Read<Institution>("country.json"))
            .AddScoped<LoadingTurn>()
            .AddScoped<Words>();
    }

    /// <summary>Host filtering stands before all of this by itself; forwarded headers are never believed here.</summary>
    public static void UseWeb(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblemPages();
        app.UseRouting();
        app.UseRouteTag();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseFormBodies();
        app.UseAntiforgery();
        app.UseFormTokenRefusal();
    }

    public static IEndpointRouteBuilder MapWeb(this IEndpointRouteBuilder routes)
    {
        HealthRoutes.Map(routes);
        WebAssets.Map(routes);
        StaffChoices.Map(routes);
        StyleguidePages.Map(routes);
        return routes;
    }

    /// <summary>
    /// Routes of staff pages: below `/staff`, every form protected. A POST whose handler doesn't read the form would pass unchecked
    /// without the filter (measured on .NET 10), so the verdict is enforced here for all.
    /// </summary>
    public static RouteGroupBuilder MapStaff(this IEndpointRouteBuilder routes, string path)
    {
        var group = routes.MapGroup($"/staff{path}");
        group.WithMetadata(new RequireAntiforgeryTokenAttribute());
        group.AddEndpointFilter(RefuseWithoutToken);
        return group;
    }

    private static ValueTask<object?> RefuseWithoutToken(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return reads || context.HttpContext.Features.Get<IAntiforgeryValidationFeature>()?.IsValid == true
            ? next(context)
            : ValueTask.FromResult<object?>(Problems.Page(context.HttpContext, StatusCodes.Status400BadRequest));
    }
}
