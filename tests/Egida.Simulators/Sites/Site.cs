using System.Collections.Concurrent;
using System.Net;

namespace Egida.Simulators;

/// <summary>One web site as data: a name, where it is hosted, and what each path (with its query) answers.</summary>
public sealed class Site(string host, params string[] addresses)
{
    public string Host { get; } = host;

    public IReadOnlyList<IPAddress> Addresses { get; internal set; } = [.. addresses.Select(IPAddress.Parse)];

    /// <summary>Keys are path and query: `/albumy/lato?id=7`. A key without a query answers for every query.</summary>
    public ConcurrentDictionary<string, Resource> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>Which pictures belong to which page: they go when the page is removed.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> PicturesOf { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, bool> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>False: the exit answers "host unreachable", as if the machine were off.</summary>
    public bool Reachable { get; set; } = true;

    public Site Page(string path, string html, params string[] pictures)
    {
        Resources[path] = Resource.Html(html);
        PicturesOf[path] = pictures;
        return this;
    }

    public Site With(string path, Resource resource)
    {
        Resources[path] = resource;
        return this;
    }

    internal string? KeyOf(string pathAndQuery)
    {
        if (Resources.ContainsKey(pathAndQuery))
            return pathAndQuery;
        var path = pathAndQuery.Split('?')[0];
        return Resources.ContainsKey(path) ? path : null;
    }
}
