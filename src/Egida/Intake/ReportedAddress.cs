namespace Egida.Intake;

/// <summary>An address that somebody reported. Never shows itself in a log: <see cref="Reveal"/> is the one way to the text.</summary>
public readonly record struct ReportedAddress(string Text)
{
    public string Reveal() => Text;

    public override string ToString() => "[reported address]";
}
