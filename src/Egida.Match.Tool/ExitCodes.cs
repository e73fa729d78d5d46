namespace Egida.Match.Tool;

/// <summary>How the program ends. Documented in docs/partners/egida-match.md.</summary>
internal static class ExitCodes
{
    /// <summary>Everything was looked at, and nothing is known.</summary>
    public const int NothingKnown = 0;

    /// <summary>Something is known.</summary>
    public const int Known = 1;

    /// <summary>Wrong arguments.</summary>
    public const int Usage = 2;

    /// <summary>The list is refused; nothing was scanned.</summary>
    public const int ListRefused = 3;

    /// <summary>Nothing is known, but not everything could be looked at.</summary>
    public const int NotAllSeen = 4;

    /// <summary>The scan broke off: no sandbox, disk full …</summary>
    public const int BrokeOff = 5;

    /// <summary>Somebody interrupted it. It goes on with the same command if it has a state.</summary>
    public const int Interrupted = 130;
}
