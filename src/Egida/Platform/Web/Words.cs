using System.Globalization;

namespace Egida.Platform.Web;

/// <summary>The texts in this request's language: `/{language}/…` on public pages, the person's own choice on staff pages, else what the browser asks for.</summary>
public sealed class Words(Texts texts, IHttpContextAccessor accessor)
{
    public const string LanguageClaim = "egida:language";

    public string Language { get; } = Choose(accessor.HttpContext);

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language);

    public bool Has(string key) => texts.Has(key);

    public string this[string key] => texts.Get(Language, key);

    public string Of(string key, params object?[] arguments) =>
        arguments.Length == 0 ? this[key] : string.Format(Culture, this[key], arguments);

    /// <summary>The text for a code such as an enum's value: key `prefix.value-in-kebab-case`.</summary>
    public string OfCode<TEnum>(string prefix, TEnum value) where TEnum : struct, Enum =>
        this[$"{prefix}.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())}"];

    /// <summary>The text for a folder's word or another name in PascalCase.</summary>
    public string OfWord(string prefix, string word, params object?[] arguments) =>
        Of($"{prefix}.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(word)}", arguments);

    private static string Choose(HttpContext? context)
    {
        if (context is null)
        {
            return "pl";
        }

        // From the path, not the route: a page that doesn't exist is refused in the language of its address too.
        if (context.Request.Path.Value?.Split('/', 3) is [_, var fromPath, ..] && Texts.Languages.Contains(fromPath))
        {
            return fromPath;
        }

        if (StaffChoices.LanguageOf(context.Request) is { } chosenHere)
        {
            return chosenHere;
        }

        if (context.User.FindFirst(LanguageClaim)?.Value is { } own && Texts.Languages.Contains(own))
        {
            return own;
        }

        return context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0])
            .FirstOrDefault(l => l is not null && Texts.Languages.Contains(l)) ?? "pl";
    }
}
