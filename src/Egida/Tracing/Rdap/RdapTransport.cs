using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;

namespace Egida.Tracing.Rdap;

/// <summary>One GET with all the bounds: time, bytes, redirects, and a server's wish to be left alone for a while (429, 503 with Retry-After).</summary>
internal sealed class RdapTransport(HttpClient http, TimeProvider clock, TimeSpan timeout)
{
    private const int MostBytes = 1024 * 1024;
    private const int MostRedirects = 3;

    private readonly ConcurrentDictionary<string, DateTimeOffset> notBefore = new(StringComparer.OrdinalIgnoreCase);

    public async Task<Reply> Get(Uri address, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(timeout);
        var at = address;
        try
        {
            for (var hop = 0; hop <= MostRedirects; hop++)
            {
                if (notBefore.TryGetValue(at.Authority, out var time) && clock.GetUtcNow() < time)
                {
                    return new Reply.Failed(at.Host, "rdap-busy", Passing: true);
                }

                using var response = await http.GetAsync(at, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return await Read(at, response, deadline.Token);
                }

                if (response.Headers.Location is not { } location || Next(at, location) is not { } next)
                {
                    return new Reply.Failed(at.Host, "rdap-bad-redirect", Passing: false);
                }

                at = next;
            }

            return new Reply.Failed(at.Host, "rdap-redirects", Passing: false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Reply.Failed(at.Host, "rdap-timeout", Passing: true);
        }
        catch (HttpRequestException e)
        {
            return new Reply.Failed(at.Host, e.InnerException is AuthenticationException ? "rdap-tls" : "rdap-unreachable", Passing: true);
        }
        catch (IOException)
        {
            return new Reply.Failed(at.Host, "rdap-broken-off", Passing: true);
        }
    }

    /// <summary>Never down from https to http, never to anything else.</summary>
    private static Uri? Next(Uri at, Uri location)
    {
        var next = new Uri(at, location);
        return next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && at.Scheme == Uri.UriSchemeHttp) ? next : null;
    }

    private async Task<Reply> Read(Uri at, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (status is 429 or >= 500)
        {
            if (Wish(response) is { } wish)
            {
                notBefore[at.Authority] = clock.GetUtcNow() + wish;
            }

            return new Reply.Failed(at.Host, status == 429 ? "rdap-busy" : "rdap-unavailable", Passing: true);
        }

        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return new Reply.NotFound(at.Host);
        }

        if (status != 200)
        {
            return new Reply.Failed(at.Host, "rdap-refused", Passing: false);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var bytes = new byte[16 * 1024];
        using var all = new MemoryStream();
        for (int read; (read = await body.ReadAsync(bytes, cancellation)) > 0;)
        {
            if (all.Length + read > MostBytes)
            {
                return new Reply.Failed(at.Host, "rdap-too-long", Passing: false);
            }

            all.Write(bytes, 0, read);
        }

        return new Reply.Body(at.Host, all.ToArray(), Freshness(response));
    }

    private TimeSpan? Wish(HttpResponseMessage response)
    {
        var wish = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wish is null ? null : TimeSpan.FromSeconds(Math.Clamp(wish.Value.TotalSeconds, 1, 3600));
    }

    /// <summary>How long the sender says that the answer stays good (RFC 9111 §4.2.1).</summary>
    private TimeSpan? Freshness(HttpResponseMessage response) =>
        response.Headers.CacheControl is { NoStore: true } or { NoCache: true } ? TimeSpan.Zero
        : response.Headers.CacheControl?.MaxAge
            ?? (response.Content.Headers.Expires is { } expires ? expires - (response.Headers.Date ?? clock.GetUtcNow()) : null);

    public abstract record Reply(string Server)
    {
        public sealed record Body(string Server, byte[] Bytes, TimeSpan? Freshness) : Reply(Server);

        public sealed record NotFound(string Server) : Reply(Server);

        public sealed record Failed(string Server, string Code, bool Passing) : Reply(Server);
    }
}
