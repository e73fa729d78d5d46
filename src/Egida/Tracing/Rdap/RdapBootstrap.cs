using System.Net;
using System.Text.Json;

namespace Egida.Tracing.Rdap;

/// <summary>
/// Which registry answers for an address or a name (RFC 9224 §4, §5): of all ranges that hold it the longest prefix, of all endings the one with most labels;
/// of its servers, https before http.
/// </summary>
internal sealed class RdapBootstrap
{
    private readonly List<(IPNetwork Range, Uri Server)> services = [];
    private readonly List<(string Ending, Uri Server)> names = [];

    public int Count => services.Count;

    /// <exception cref="InvalidDataException">It isn't a bootstrap file.</exception>
    public static RdapBootstrap Parse(ReadOnlyMemory<byte> json)
    {
        var bootstrap = new RdapBootstrap();
        try
        {
            using var document = JsonDocument.Parse(json);
            foreach (var service in document.RootElement.GetProperty("services").EnumerateArray())
            {
                var servers = service[1].EnumerateArray().Select(u => u.GetString()).ToList();
                if (servers.Select(Server).OfType<Uri>().OrderByDescending(u => u.Scheme == Uri.UriSchemeHttps).FirstOrDefault() is { } best)
                {
                    foreach (var entry in service[0].EnumerateArray().Select(e => e.GetString()).OfType<string>())
                    {
                        if (IPNetwork.TryParse(entry, out var network))
                        {
                            bootstrap.services.Add((network, best));
                        }
                        else
                        {
                            bootstrap.names.Add((entry, best));
                        }
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The bootstrap file doesn't have the form of RFC 9224.", e);
        }

        return bootstrap;
    }

    public Uri? ServerOf(IPAddress address) => services
        .Where(s => s.Range.Contains(address))
        .OrderByDescending(s => s.Range.PrefixLength)
        .Select(s => s.Server)
        .FirstOrDefault();

    public Uri? ServerOf(string name) => names
        .Where(n => name.Equals(n.Ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{n.Ending}", StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(n => n.Ending.Length)
        .Select(n => n.Server)
        .FirstOrDefault();

    private static Uri? Server(string? text) =>
        Uri.TryCreate(text is null || text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var server) && server.Scheme is "https" or "http" ? server : null;
}
