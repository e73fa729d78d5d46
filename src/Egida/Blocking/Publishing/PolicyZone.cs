using System.Globalization;
using System.Text;

namespace Egida.Blocking.Publishing;

/// <summary>
/// The list as a response policy zone (draft-vixie-dnsop-dns-rpz): a name server that loads it answers for each name with the stop page's, or that there is none. Names
/// are relative, so the zone can be called what the operator likes; its serial is the version; secondaries drop it when it isn't valid any more.
/// </summary>
internal static class PolicyZone
{
    public static string Write(ListSnapshot list)
    {
        var (poll, valid) = (list.Terms.PollSeconds, (int)Math.Min(list.Terms.Valid.TotalSeconds, int.MaxValue));
        var (server, answer) = list.Options.StopHost is { } stop ? ($"{stop}.", $"{stop}.") : ("localhost.", ".");
        var text = new StringBuilder();
        foreach (var line in ListFormats.Heading(list)) text.Append("; ").Append(line).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"$TTL {poll}\n");
        // Serials are numbers of 32 bits that may wrap (RFC 1982).
        text.Append(CultureInfo.InvariantCulture, $"@ IN SOA {server} {Mailbox(list.Options.Contact)} ( {list.Number & uint.MaxValue} {poll} {Math.Max(1, poll / 2)} {valid} {poll} )\n");
        text.Append(CultureInfo.InvariantCulture, $"@ IN NS {server}\n");
        foreach (var domain in list.Listed)
        {
            text.Append(CultureInfo.InvariantCulture, $"{domain.Domain} IN CNAME {answer}\n");
            if (domain.Scope == BlockScope.Domain) text.Append(CultureInfo.InvariantCulture, $"*.{domain.Domain} IN CNAME {answer}\n");
        }

        return text.ToString();
    }

    /// <summary>A mail address as a name (RFC 1035 §8): dots before the @ are escaped.</summary>
    internal static string Mailbox(string mail)
    {
        var at = mail.LastIndexOf('@');
        var (local, domain) = at < 0 ? ("hostmaster", "invalid") : (mail[..at], mail[(at + 1)..]);
        return local.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && DomainName.Read(domain).Name is { } name
            ? $"{local.Replace(".", "\\.", StringComparison.Ordinal)}.{name}."
            : "hostmaster.invalid.";
    }
}
