using System.Text.RegularExpressions;

namespace Egida.Platform.Mail;

/// <summary>
/// One mailbox. Only the plain form of RFC 5321 (dot-atom, host name with a dot or an address of this machine), because addresses come from
/// strangers' RDAP answers and end up in headers and on a command line. Shows itself only through <see cref="Address"/>.
/// </summary>
public sealed partial record MailBox
{
    private const int MaxAddress = 254;
    private const int MaxName = 200;

    private MailBox(string address, string? name) => (Address, Name) = (address, name);

    public string Address { get; }

    public string? Name { get; }

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Null when the text isn't a plain address, or the name holds control characters.</summary>
    public static MailBox? Parse(string? address, string? name = null) =>
        address?.Trim() is { Length: <= MaxAddress } text && Plain().IsMatch(text) && (name is null || (name.Length <= MaxName && !name.Any(char.IsControl)))
            ? new MailBox(text, string.IsNullOrWhiteSpace(name) ? null : name.Trim())
            : null;

    public override string ToString() => "[mailbox]";

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~][A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{0,63}(?<![.])@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
