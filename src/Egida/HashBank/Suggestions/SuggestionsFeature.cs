using Egida.Access;

namespace Egida.HashBank.Suggestions;

internal static class SuggestionsFeature
{
    public static IServiceCollection AddSuggestions(this IServiceCollection services) => services.AddScoped<ListSuggestions>().AddScoped<TellApart>();

    public static void MapSuggestions(this RouteGroupBuilder bank)
    {
        bank.MapGet("/merges/suggested", ListSuggestions.Get).RequireRight(Right.ConfirmHashRecord);
        bank.MapPost("/merges/apart", TellApart.Post).RequireRight(Right.ConfirmHashRecord);
    }
}
