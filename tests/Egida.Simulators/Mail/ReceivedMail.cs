namespace Egida.Simulators;

/// <summary>One message as it came over the wire.</summary>
public sealed record ReceivedMail(string Sender, IReadOnlyList<string> Recipients, byte[] Raw, DateTimeOffset At, string File, bool Encrypted)
{
    /// <summary>The raw message as Latin-1 text: bytes survive, headers can be read.</summary>
    public string Text => System.Text.Encoding.Latin1.GetString(Raw);

    public MimePart Parse() => MimePart.Read(Raw);
}
