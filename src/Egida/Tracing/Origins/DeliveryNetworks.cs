using System.Net;
using Egida.Platform;
using Egida.Platform.Mail;

namespace Egida.Tracing.Origins;

/// <summary>A delivery network (CDN): whoever is behind it is hosted elsewhere.</summary>
/// <param name="AskAt">Who there tells a hotline where the origin is.</param>
public sealed record DeliveryNetwork(string Name, string AskAt);

/// <summary>delivery-networks.json of the country folder; a country may have none.</summary>
internal sealed class DeliveryNetworks
{
    private const string FileName = "delivery-networks.json";

    private readonly IReadOnlyList<(DeliveryNetwork Network, IReadOnlyList<string> Aliases, IReadOnlyList<IPNetwork> Ranges)> known;

    internal DeliveryNetworks(DeliveryNetworkFile file) => known = [.. file.Networks.Select(n => (
        new DeliveryNetwork(n.Name, MailBox.Parse(n.AskAt)?.Address ?? throw Wrong($"'{n.AskAt}' of {n.Name} is no plain mail address")),
        (IReadOnlyList<string>)[.. n.Aliases.Select(a => a.Trim('.'))],
        (IReadOnlyList<IPNetwork>)[.. n.Ranges.Select(r => IPNetwork.TryParse(r, out var range) ? range : throw Wrong($"'{r}' of {n.Name} is no network such as 192.0.2.0/24"))]))];

    public static DeliveryNetworks Of(CountryFolder country) => new(
        File.Exists(Path.Combine(country.Path, FileName)) ? country.Read<DeliveryNetworkFile>(FileName) : new DeliveryNetworkFile([]));

    public DeliveryNetwork? Named(string name) => known.FirstOrDefault(k => k.Network.Name == name).Network;

    /// <summary>An alias that ends in one of its names; or all addresses in its ranges: one outside may be the origin itself, and then nobody needs to be asked.</summary>
    public DeliveryNetwork? Of(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> aliases) => known
        .FirstOrDefault(k => aliases.Any(a => k.Aliases.Any(ending => IsBelow(a, ending)))
            || (addresses.Count > 0 && addresses.All(a => k.Ranges.Any(r => r.Contains(a))))).Network;

    private static bool IsBelow(string name, string ending) =>
        name.Equals(ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{ending}", StringComparison.OrdinalIgnoreCase);

    private static InvalidOperationException Wrong(string what) => new($"{FileName}: {what}.");
}

/// <summary>delivery-networks.json</summary>
internal sealed record DeliveryNetworkFile(IReadOnlyList<DeliveryNetworkFile.Entry> Networks)
{
    /// <param name="Aliases">Endings of names that a site's alias (CNAME) leads to.</param>
    public sealed record Entry(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<string> Ranges, string AskAt);
}
