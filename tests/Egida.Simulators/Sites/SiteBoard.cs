using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>What a site was asked and with which headers, to see that a capture brings no cookie and no referrer.</summary>
public sealed record SiteRequest(string Url, string Method, IReadOnlyDictionary<string, string> Headers, int Status);

/// <summary>Ordinary web servers (RFC 9110, HTTP/1.1 and HTTP/2 over TLS), told apart by the Host header. Refuses unknown hosts (421).</summary>
public sealed class SiteBoard
{
    private readonly ConcurrentDictionary<string, Site> sites = new(StringComparer.OrdinalIgnoreCase);
    private readonly DnsZone zone;

    internal SiteBoard(DnsZone zone) => this.zone = zone;

    public IReadOnlyCollection<Site> All => [.. sites.Values];

    public ConcurrentQueue<SiteRequest> Requests { get; } = new();

    public void Add(Site site)
    {
        sites[site.Host] = site;
        zone.Set(new DnsName(site.Host) { Addresses = site.Addresses });
    }

    public Site? Find(string host) => sites.GetValueOrDefault(host);

    /// <summary>From now on the address answers 404; a page takes its pictures with it. False if nothing is there.</summary>
    public bool Remove(string url) => Mark(url, removed: true);

    public bool Restore(string url) => Mark(url, removed: false);

    public bool IsRemoved(string url) => Locate(url) is var (site, key) && site.Removed.ContainsKey(key);

    /// <summary>The same site at another provider.</summary>
    public void Move(string host, params string[] addresses)
    {
        if (Find(host) is not { } site)
            throw new ArgumentException("no site of that name", nameof(host));
        site.Addresses = [.. addresses.Select(IPAddress.Parse)];
        zone.Set(new DnsName(site.Host) { Addresses = site.Addresses });
    }

    internal bool AnswersAt(IPAddress address) => sites.Values.Any(site => site.Reachable && site.Addresses.Contains(address));

    internal bool IsHosted(string url, string abuseMail) => Locate(url) is var (site, _)
        && site.Addresses.Any(address => WorldNetworks.Of(address)?.AbuseMail == abuseMail);

    internal async Task Answer(HttpContext context)
    {
        var request = context.Request;
        var target = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var site = Find(request.Host.Host);
        var key = site?.KeyOf(target);
        var resource = site is null ? Resource.Html("<h1>421</h1>", 421)
            : key is null || site.Removed.ContainsKey(key) ? Resource.Html("<!doctype html><title>404</title><h1>Nie ma takiej strony</h1>", 404)
            : site.Resources[key];

        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new SiteRequest($"{request.Scheme}://{request.Host.Host}{target}", request.Method, headers, resource.Status));
        context.Response.StatusCode = resource.Status;
        context.Response.ContentType = resource.ContentType;
        context.Response.ContentLength = resource.Body.Length;
        context.Response.Headers.SetCookie = "visitor=1; Path=/";
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(request.Method))
            await context.Response.Body.WriteAsync(resource.Body, context.RequestAborted);
    }

    private bool Mark(string url, bool removed)
    {
        if (Locate(url) is not var (site, key))
            return false;
        foreach (var gone in site.PicturesOf.GetValueOrDefault(key, []).Append(key))
        {
            if (removed)
                site.Removed[gone] = true;
            else
                site.Removed.TryRemove(gone, out _);
        }

        return true;
    }

    private (Site Site, string Key)? Locate(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && Find(address.IdnHost) is { } site && site.KeyOf(address.PathAndQuery) is { } key
            ? (site, key)
            : null;
}
