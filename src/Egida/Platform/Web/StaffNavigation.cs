using Egida.Access;
using Egida.Platform.Database;

namespace Egida.Platform.Web;

/// <summary>One entry of the staff's navigation: the folder's word, its first page, and the right to see it.</summary>
/// <param name="Word">The folder's name; its text's key is `nav.` and the word in kebab case.</param>
public sealed record NavigationEntry(int Order, string Word, string Path, Right Right);

/// <summary>
/// Something that waits for whoever holds the right. The staff's start page says the first of which there is any, in order, and then the others.
/// </summary>
/// <param name="Word">Its texts: `duty.{word}` (with the count), `duty.why.{word}`, `duty.do.{word}`.</param>
/// <param name="Count">How much of it waits for this very person at this moment.</param>
public sealed record StaffDuty(int Order, string Word, string Path, Right Right, Func<EgidaDb, CurrentStaff, DateTime, CancellationToken, Task<int>> Count);

/// <summary>What the command line of the staff's header (`/`) finds of a feature: its things, by what people call them.</summary>
/// <param name="Right">Whoever lacks it isn't told that there is such a thing.</param>
public sealed record StaffFinder(Right Right, Func<EgidaDb, string, CancellationToken, Task<IReadOnlyList<Found>>> Find);

/// <param name="Word">The folder's name, as in <see cref="NavigationEntry"/>.</param>
public sealed record Found(string Word, string Name, string Path);

public static class StaffNavigation
{
    public static IServiceCollection AddNavigation(this IServiceCollection services, int order, string word, string path, Right right) =>
        services.AddSingleton(new NavigationEntry(order, word, path, right));

    public static IServiceCollection AddDuty(
        this IServiceCollection services, int order, string word, string path, Right right, Func<EgidaDb, CurrentStaff, DateTime, CancellationToken, Task<int>> count) =>
        services.AddSingleton(new StaffDuty(order, word, path, right, count));

    public static IServiceCollection AddFinder(this IServiceCollection services, Right right, Func<EgidaDb, string, CancellationToken, Task<IReadOnlyList<Found>>> find) =>
        services.AddSingleton(new StaffFinder(right, find));
}
