using Egida.Access;

namespace Egida.Platform.Web;

public static class PublicRoutes
{
    /// <summary>
    /// Routes of public pages below `/{language}`, where the language is one that the texts have: another one is an address that doesn't exist.
    /// Without antiforgery: these pages set no cookie, so there is nothing that another site could ride on.
    /// </summary>
    public static RouteGroupBuilder MapPublic(this IEndpointRouteBuilder routes, string path = "") =>
        routes.MapGroup($"/{{language:language}}{path}").DisableAntiforgery().OpenToPublic().AnswerHead();

    /// <summary>What answers GET answers HEAD with the same headers (RFC 9110 §9.1): link checkers and balancers ask so. The server leaves the body out.</summary>
    public static TBuilder AnswerHead<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().FirstOrDefault() is { HttpMethods: [var only] } metadata && HttpMethods.IsGet(only))
            {
                endpoint.Metadata[endpoint.Metadata.IndexOf(metadata)] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
            }
        });
        return builder;
    }

    /// <summary>This page in another language: the first part of the path is the language.</summary>
    public static string PathIn(this HttpRequest request, string language)
    {
        var path = request.Path.Value ?? "/";
        var rest = path.Length > 2 && Texts.Languages.Contains(path[1..Math.Min(3, path.Length)]) && (path.Length == 3 || path[3] == '/') ? path[3..] : "";
        return $"/{language}{rest}{request.QueryString}";
    }

    internal sealed class LanguageConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values[routeKey] is string language && Texts.Languages.Contains(language);
    }
}
