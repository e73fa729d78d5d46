using Egida.Access;

namespace Egida.Platform.Web;

/// <summary>One entry of the staff's navigation: the folder's word, its first page, and the right to see it.</summary>
/// <param name="Word">The folder's name; its text's key is `nav.` and the word in kebab case.</param>
public sealed record NavigationEntry(int Order, string Word, string Path, Right Right);

/// <summary>Where the command line of the staff's header (`/`) sends what was typed, as `?q=`.</summary>
public sealed record StaffPlace(string FindPath);

public static class StaffNavigation
{
    public static IServiceCollection AddNavigation(this IServiceCollection services, int order, string word, string path, Right right) =>
        services.AddSingleton(new NavigationEntry(order, word, path, right));
}
