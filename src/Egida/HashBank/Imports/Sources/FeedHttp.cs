using System.Net;
using System.Net.Http.Headers;
using Egida.Platform.Fetching;
using Egida.Platform.Secrets;

namespace Egida.HashBank.Imports.Sources;

/// <summary>
/// HTTP to one configured address and nowhere else: https (http only on this machine), no redirects, no cookies, answers of bounded size and time. What may be asked twice is
/// asked again when the service is away; what changes something there is not.
/// </summary>
internal sealed class FeedHttp(IConfiguration configuration, KeyFolder keys)
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = TrustedAuthorities.Tls(configuration),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        MaxResponseHeadersLength = 64,
        AutomaticDecompression = DecompressionMethods.None,
    });

    /// <exception cref="FeedException">It isn't an address that may be asked.</exception>
    public static Uri Base(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length == 0 && (parsed.Scheme == "https" || (parsed.Scheme == "http" && parsed.IsLoopback))
            ? new Uri(parsed.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : throw new FeedException("base-url: it must be an https address without a name in it, or http on this machine", isFinal: true);

    /// <summary>An address that the service named: only below the one that was configured.</summary>
    /// <exception cref="FeedException">It leads elsewhere.</exception>
    public static Uri Below(Uri root, Uri named) =>
        root.IsBaseOf(named) && named.UserInfo.Length == 0 ? named : throw new FeedException("elsewhere: the service named an address that isn't its own for the next page", isFinal: true);

    /// <summary>What the file in the key folder says, line by line.</summary>
    public string[] Credentials(FeedOptions options)
    {
        var file = Path.Combine(keys.Path, Path.GetFileName(options.Credentials));
        return options.Credentials.Length > 0 && File.Exists(file)
            ? File.ReadAllText(file).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new FeedException("credentials: set the feed's Credentials to the name of a file in the key folder", isFinal: true);
    }

    public AuthenticationHeaderValue Basic(FeedOptions options) =>
        Credentials(options) is [var line, ..] && line.Contains(':', StringComparison.Ordinal)
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(line)))
            : throw new FeedException("credentials: the file's first line must be user:password", isFinal: true);

    /// <summary>Asks, and again while the service is away.</summary>
    /// <param name="read">Makes something of an answer; <see cref="FormatException"/> means that it came damaged, and counts as away.</param>
    /// <exception cref="FeedException">It stays away, or refuses.</exception>
    public Task<T> Get<T>(FeedOptions options, Uri url, Action<HttpRequestHeaders> headers, Func<byte[], T> read, CancellationToken cancellation) =>
        Again(options, () => new HttpRequestMessage(HttpMethod.Get, url), headers, read, cancellation);

    /// <summary>The same with a question in JSON that changes nothing there.</summary>
    /// <inheritdoc cref="Get"/>
    public Task<T> Ask<T>(FeedOptions options, Uri url, Action<HttpRequestHeaders> headers, byte[] question, Func<byte[], T> read, CancellationToken cancellation) =>
        Again(
            options, () => new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } }, headers, read,
            cancellation);

    private async Task<T> Again<T>(FeedOptions options, Func<HttpRequestMessage> ask, Action<HttpRequestHeaders> headers, Func<byte[], T> read, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            string problem;
            var pause = options.Pause * Math.Pow(2, attempt - 1);
            try
            {
                using var request = ask();
                headers(request.Headers);
                var (status, body, after) = await Send(options, request, cancellation);
                if (status == 200)
                {
                    return read(body);
                }

                problem = $"http-{status}";
                pause = after > pause ? after.Value : pause;
                if (status is not (408 or 429 or 500 or 502 or 503 or 504))
                {
                    throw new FeedException(problem, isFinal: status is 401 or 403 or (>= 300 and < 400)) { Data = { ["status"] = status } };
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or FormatException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                problem = e switch { FormatException => "damaged: an answer was cut off or isn't in the form that was agreed", OperationCanceledException => "timed-out", _ => "unreachable" };
            }

            if (attempt == Attempts)
            {
                throw new FeedException(problem);
            }

            await Task.Delay(pause < LongestPause ? pause : LongestPause, cancellation);
        }
    }

    /// <summary>Once: nobody knows what became of it if the answer doesn't come.</summary>
    public async Task<(int Status, byte[] Body)> Send(FeedOptions options, HttpMethod method, Uri url, Action<HttpRequestHeaders> headers, HttpContent content, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, url) { Content = content };
            headers(request.Headers);
            var (status, body, _) = await Send(options, request, cancellation);
            return (status, body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new FeedException(e is OperationCanceledException ? "timed-out" : "unreachable");
        }
    }

    private async Task<(int Status, byte[] Body, TimeSpan? After)> Send(FeedOptions options, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Timeout);
        using var response = await invoker.SendAsync(request, limit.Token);
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentLength > options.MostBytes)
        {
            throw new FeedException("too-large: an answer is larger than MostBytes", isFinal: true);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        using var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
        {
            if (body.Length + read > options.MostBytes)
            {
                throw new FeedException("too-large: an answer is larger than MostBytes", isFinal: true);
            }

            body.Write(buffer, 0, read);
        }

        return (status, body.ToArray(), response.Headers.RetryAfter?.Delta);
    }
}
