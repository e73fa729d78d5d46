namespace Egida.Match.Tool.Scanning;

/// <summary>Why something wasn't looked at, or not wholly. The code is in reports, the words in docs/partners/egida-match.md.</summary>
internal sealed record Problem(string Code)
{
    public static Problem Unreadable { get; } = new("unreadable");

    public static Problem Link { get; } = new("link");

    public static Problem Special { get; } = new("special");

    public static Problem Encrypted { get; } = new("encrypted");

    public static Problem DamagedArchive { get; } = new("damaged-archive");

    public static Problem Bomb { get; } = new("bomb");

    public static Problem TooDeep { get; } = new("too-deep");

    public static Problem TooLarge { get; } = new("too-large");

    public static Problem NoFrames { get; } = new("undecodable:no-frame");

    /// <summary>Links lead to what is scanned where it is, or isn't asked for: nothing is missing.</summary>
    public bool IsHarmless => this == Link;

    public override string ToString() => Code;
}
