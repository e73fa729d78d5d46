using Egida.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Egida.Platform.Web;

/// <summary>How a person wants the staff's pages: language and theme, kept in cookies of the staff's side only, for this browser.</summary>
internal static class StaffChoices
{
    public const string LanguageCookie = "egida-language";

    private const string ThemeCookie = "egida-theme";

    public static readonly IReadOnlyList<string> Themes = ["auto", "dark", "light"];

    /// <summary>"dark", "light", or null: as the browser prefers.</summary>
    public static string? ThemeOf(HttpRequest request) => request.Cookies[ThemeCookie] is { } theme && theme != "auto" && Themes.Contains(theme) ? theme : null;

    public static string? LanguageOf(HttpRequest request) =>
        request.IsStaff() && request.Cookies[LanguageCookie] is { } language && Texts.Languages.Contains(language) ? language : null;

    // Open to all, because the sign-in page has the same two switches; the token is demanded all the same.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("").MapPost("/choices", Choose).OpenToPublic();

    private static RedirectHttpResult Choose(HttpContext context, [FromForm] string? theme, [FromForm] string? language, [FromForm] string? back)
    {
        if (theme is not null && Themes.Contains(theme))
        {
            Keep(context, ThemeCookie, theme);
        }

        if (language is not null && Texts.Languages.Contains(language))
        {
            Keep(context, LanguageCookie, language);
        }

        return TypedResults.LocalRedirect(back is ['/', ..] and not ['/', '/', ..] and not ['/', '\\', ..] ? back : "/staff");
    }

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(name, value, new CookieOptions
    {
        Path = "/staff",
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        MaxAge = TimeSpan.FromDays(365),
        IsEssential = true,
    });
}
