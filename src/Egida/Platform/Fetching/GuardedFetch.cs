using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;

namespace Egida.Platform.Fetching;

/// <summary>Gets one address, redirects included, into a stream of the caller's choice. Never throws for anything a server does.</summary>
internal sealed class GuardedFetch(GuardedDialler dialler, FetchLimits limits, string userAgent, TimeProvider clock)
{
    /// <param name="cap">Largest body, compressed and expanded alike.</param>
    /// <param name="open">Where the expanded body goes, asked once the final response's head is known.</param>
    public async Task<Transfer> Get(Uri address, long cap, Func<ResponseHead, Stream> open, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var transfer = new Transfer { StartedAt = clock.GetUtcNow().UtcDateTime, Took = TimeSpan.Zero, Hops = [] };
        var hops = new List<Hop>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = address; ;)
        {
            var failure = WebAddress.Refusal(at) ?? (seen.Add(at.AbsoluteUri) ? null : "redirect-loop");
            if (failure is not null)
            {
                hops.Add(new Hop { Address = at.AbsoluteUri });
                return Finish(transfer with { Failure = failure });
            }

            using var hop = new OneHop(dialler, limits, userAgent, clock);
            var (response, why) = await hop.Ask(at, cancellation);
            hops.Add(hop.Facts(at, response));
            if (response is null)
            {
                return Finish(transfer with { Failure = why });
            }

            using (response)
            {
                if (Redirect(response) is not { } location)
                {
                    return Finish(await Receive(transfer, at, response, hop, cap, open, cancellation));
                }

                if (hops.Count > limits.Redirects)
                {
                    return Finish(transfer with { Failure = "redirect-limit" });
                }

                if (WebAddress.Follow(at, location) is not { } next)
                {
                    return Finish(transfer with { Failure = "redirect-unclear" });
                }

                at = next;
            }
        }

        Transfer Finish(Transfer done) => done with { Hops = hops, Took = clock.GetElapsedTime(started) };
    }

    private async Task<Transfer> Receive(
        Transfer transfer, Uri at, HttpResponseMessage response, OneHop hop, long cap, Func<ResponseHead, Stream> open, CancellationToken cancellation)
    {
        var head = new ResponseHead(at, (int)response.StatusCode, MediaType(response), response.Content.Headers.ContentLength);
        var marks = new List<string>();
        if (!response.IsSuccessStatusCode)
        {
            marks.Add($"status:{head.Status}");
        }

        marks.AddRange((hop.Tls?.Problems ?? []).Select(p => $"tls:{p}"));
        await using var target = open(head);
        var body = await BodyTransfer.Copy(response, target, cap, limits, clock, cancellation);
        marks.AddRange(body.Marks);
        return transfer with
        {
            Head = head,
            Marks = [.. marks.Distinct()],
            WireBytes = body.WireBytes,
            WireSha256 = body.WireSha256,
            Bytes = body.Bytes,
            Sha256 = body.Sha256,
        };
    }

    private static string? Redirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.NonValidated.TryGetValues("Location", out var values)
            ? values.FirstOrDefault()
            : null;

    private static string? MediaType(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values)
        && MediaTypeHeaderValue.TryParse(values.FirstOrDefault(), out var type) && type.MediaType is { Length: <= 100 } name
            ? name.ToLowerInvariant()
            : null;
}

/// <summary>One request on one connection of its own: nothing (cookies, sessions, pooled connections, proxies) is shared with any other.</summary>
internal sealed class OneHop : IDisposable
{
    private readonly GuardedDialler dialler;
    private readonly FetchLimits limits;
    private readonly TimeProvider clock;
    private readonly TlsWatch tls = new();
    private readonly HttpMessageInvoker client;
    private readonly string userAgent;
    private Dialled? dialled;
    private Stream? connection;

    public OneHop(GuardedDialler dialler, FetchLimits limits, string userAgent, TimeProvider clock)
    {
        (this.dialler, this.limits, this.userAgent, this.clock) = (dialler, limits, userAgent, clock);
        client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            Credentials = null,
            PreAuthenticate = false,
            MaxConnectionsPerServer = 1,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = limits.HeaderKilobytes,
            ConnectTimeout = limits.Headers,
            ActivityHeadersPropagator = null,
            ConnectCallback = Connection,
        });
    }

    public TlsFacts? Tls => tls.Facts;

    /// <returns>The response with its body still on the wire, or why there is none.</returns>
    public async Task<(HttpResponseMessage? Response, string? Failure)> Ask(Uri address, CancellationToken cancellation)
    {
        dialled = await dialler.Dial(address.IdnHost, address.Port, limits.Connect, cancellation);
        if (dialled is Dialled.Failed failed)
        {
            return (null, failed.Reason);
        }

        connection = ((Dialled.Connected)dialled).Stream;
        using var timer = new CancellationTokenSource(limits.Headers, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.ConnectionClose = true;
        try
        {
            return (await client.SendAsync(request, both.Token), null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "headers-timeout");
        }
        catch (HttpRequestException e)
        {
            return (null, Code(e));
        }
        catch (Exception e) when (e is IOException or UriFormatException or FormatException)
        {
            return (null, "broken-answer");
        }
    }

    public Hop Facts(Uri address, HttpResponseMessage? response) => new()
    {
        Address = address.AbsoluteUri,
        Answers = dialled switch
        {
            Dialled.Connected c => [.. c.Answers.Select(a => a.ToString())],
            Dialled.Failed f => [.. f.Answers.Select(a => a.ToString())],
            _ => [],
        },
        ConnectedTo = (dialled as Dialled.Connected)?.Address.ToString(),
        Tls = tls.Facts,
        Status = (int?)response?.StatusCode,
        Headers = response is null
            ? []
            : [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).SelectMany(h => h.Value.Select(v => new HeaderLine(h.Key, v)))],
    };

    public void Dispose()
    {
        client.Dispose();
        connection?.Dispose();
    }

    private async ValueTask<Stream> Connection(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var stream = Interlocked.Exchange(ref connection, null)
            ?? throw new IOException("One connection per hop: a second one would need a second judgement.");
        if (context.InitialRequestMessage.RequestUri is not { Scheme: "https" } address)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.Options(address.IdnHost), cancellation);
            tls.Agreed(secure);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static string Code(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.ConfigurationLimitExceeded => "headers-too-large",
        HttpRequestError.SecureConnectionError => "tls-handshake",
        HttpRequestError.ResponseEnded => "no-answer",
        HttpRequestError.InvalidResponse => "broken-answer",
        _ when e.InnerException is System.Security.Authentication.AuthenticationException => "tls-handshake",
        _ => "connection-lost",
    };
}
