namespace Egida.Routing;

public enum ActKind
{
    Police,
    Provider,
    SisterHotline,

    /// <summary>Nobody can be named by a rule: somebody here decides.</summary>
    Person,
}

/// <summary>One thing to be done about an item.</summary>
/// <param name="Country">Whose police, provider or hotline; null where that isn't known.</param>
/// <param name="After">Waits until that act is done.</param>
public sealed record RoutedAct(ActKind Kind, string? Country, ActKind? After);

public static class RoutedActs
{
    /// <summary>May this act begin? One that waits for the police is free once they were notified; one that the route doesn't name never is.</summary>
    public static bool IsFree(this IEnumerable<RoutedAct> acts, ActKind kind, bool policeNotified) =>
        acts.FirstOrDefault(a => a.Kind == kind) is { } act && (act.After is null || (act.After == ActKind.Police && policeNotified));
}
