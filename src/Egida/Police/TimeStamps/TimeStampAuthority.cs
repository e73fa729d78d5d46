using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Egida.Platform.Fetching;
using Microsoft.Extensions.Options;

namespace Egida.Police.TimeStamps;

/// <summary>Asks the time-stamp authority over HTTP (RFC 3161 §3.4). It learns a hash and nothing else.</summary>
internal sealed class TimeStampAuthority : IDisposable
{
    private const int MostBytes = 256 << 10;

    private readonly TimeStampOptions options;
    private readonly HttpClient http;

    public TimeStampAuthority(IOptions<TimeStampOptions> options, IConfiguration configuration)
    {
        this.options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = TrustedAuthorities.Tls(configuration),
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        http = new HttpClient(handler) { Timeout = this.options.Timeout, MaxResponseContentBufferSize = MostBytes };
    }

    public bool IsSet => options.IsSet;

    public TimeSpan AskAgainAfter => options.AskAgainAfter;

    /// <param name="sha256">Of what is to be stamped.</param>
    public async Task<TimeStampAnswer> Stamp(byte[] sha256, CancellationToken cancellation)
    {
        // A positive number of eight bytes, so that it is written the same way by everybody.
        var nonce = RandomNumberGenerator.GetBytes(8);
        nonce[0] = (byte)((nonce[0] & 0x3F) | 0x40);
        var request = Rfc3161TimestampRequest.CreateFromHash(
            sha256, HashAlgorithmName.SHA256, options.Policy.Length > 0 ? new Oid(options.Policy) : null, nonce, requestSignerCertificates: true);
        using var body = new ByteArrayContent(request.Encode());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var response = await http.PostAsync(new Uri(options.Url), body, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return (int)response.StatusCode is >= 500 or 408 or 429
                    ? new TimeStampAnswer.Away($"tsa-away: the time-stamp authority answered {(int)response.StatusCode}")
                    : new TimeStampAnswer.Wrong($"tsa-refused: the time-stamp authority answered {(int)response.StatusCode}; is TimeStamps:Url right, and does the contract hold?");
            }

            if (response.Content.Headers.ContentType?.MediaType is not "application/timestamp-reply")
            {
                return new TimeStampAnswer.Wrong("tsa-strange-answer: the time-stamp authority answered with something else than a time stamp; is TimeStamps:Url right?");
            }

            return TimeStampAnswer.Judge(await response.Content.ReadAsByteArrayAsync(cancellation), request, sha256, options.Roots());
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return new TimeStampAnswer.Away("tsa-unreachable: the time-stamp authority can't be reached");
        }
    }

    public void Dispose() => http.Dispose();
}
