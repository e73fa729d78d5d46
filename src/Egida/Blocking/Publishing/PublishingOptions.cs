namespace Egida.Blocking.Publishing;

/// <summary>Section <c>Blocking</c>: where those are sent who wanted to see a blocked domain.</summary>
/// <param name="Origin">The list's name, such as <c>hotline.example</c>: the one of the other lists.</param>
/// <param name="StopHost">The name of the stop page's machine. Without it name servers answer that the domain doesn't exist, and the user isn't told why.</param>
/// <param name="StopAddress">Its IP address, for lists that can hold no name.</param>
/// <param name="Contact">A mail address, for the zone.</param>
internal sealed record PublishingOptions(string Origin, string? StopHost, string? StopAddress, string Contact)
{
    /// <exception cref="InvalidOperationException">A setting can't be used: says how it must look.</exception>
    public static PublishingOptions Of(IConfiguration configuration, string contact)
    {
        var (host, address) = (configuration["Blocking:StopHost"], configuration["Blocking:StopAddress"]);
        if (!string.IsNullOrEmpty(host) && DomainName.Read(host).Name != host)
        {
            throw new InvalidOperationException("Blocking:StopHost is a name such as stop.hotline.example: small letters, without a scheme or a port.");
        }

        if (!string.IsNullOrEmpty(address) && (!System.Net.IPAddress.TryParse(address, out var parsed) || parsed.ToString() != address))
        {
            throw new InvalidOperationException("Blocking:StopAddress is an IP address such as 192.0.2.10.");
        }

        return new PublishingOptions(configuration["Lists:Origin"] ?? "egida", string.IsNullOrEmpty(host) ? null : host, string.IsNullOrEmpty(address) ? null : address, contact);
    }
}
