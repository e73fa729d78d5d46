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
