namespace Egida.Platform.Actions;

/// <summary>
/// What can be done here: `feature.verb-object`. Each feature declares its own as static readonly fields; docs/actions.md lists them all.
/// </summary>
public sealed record ActionKind(string Name)
{
    /// <summary>A person must say why.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>Somebody looks at sealed material.</summary>
    public bool LooksAtMaterial { get; init; }
}
