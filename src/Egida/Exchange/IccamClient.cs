using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Egida.Platform.Fetching;
using Microsoft.Extensions.Options;

namespace Egida.Exchange;

/// <summary>What the exchange made of one call.</summary>
internal abstract record IccamAnswer
{
    private IccamAnswer()
    {
    }

    public sealed record Ok(JsonElement Body) : IccamAnswer;

    /// <summary>400, 401 after signing in anew, 403 or 500 with `errors`: final. Only the fields' names are kept.</summary>
    public sealed record Refused(int Status, IReadOnlyList<string> Fields) : IccamAnswer
    {
        public string Code => $"iccam-{Status}: {string.Join(", ", Fields)}";
    }

    /// <summary>Anything else: the exchange is away.</summary>
    public sealed record Away(string Problem) : IccamAnswer;
}

/// <summary>ICCAM v3 over HTTPS: bearer tokens, one new sign-in when a token is refused, JSON of bounded size, no redirects, no cookies.</summary>
internal sealed class IccamClient : IDisposable
{
    private const int MostBytes = 4 << 20;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http;
    private readonly IccamOptions options;
    private readonly SemaphoreSlim signingIn = new(1);
    private string? bearer;

    public IccamClient(IOptions<IccamOptions> options, IConfiguration configuration)
    {
        this.options = options.Value;
        var tls = TrustedAuthorities.Tls(configuration);
        if (this.options.ClientCertificate.Length > 0)
        {
            tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(this.options.ClientCertificate, this.options.ClientKey)];
        }

        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, SslOptions = tls, ConnectTimeout = TimeSpan.FromSeconds(15) };
        http = new HttpClient(handler) { Timeout = this.options.Timeout, MaxResponseContentBufferSize = MostBytes };
        if (IsConnected)
        {
            http.BaseAddress = new Uri(this.options.BaseUrl.TrimEnd('/') + "/");
        }
    }

    public bool IsConnected => options.BaseUrl.Length > 0;

    /// <summary>Our name in the exchange.</summary>
    public string Analyst => options.Username;

    public Task<IccamAnswer> PostReport(object report, CancellationToken cancellation) => Call(HttpMethod.Post, "rest/reports", report, cancellation);

    public Task<IccamAnswer> ReadReport(int id, CancellationToken cancellation) => Call(HttpMethod.Get, $"rest/Reports/{id}", null, cancellation);

    /// <summary>What lies with us and waits for an act: at most 200 contents, among them those of our own new reports.</summary>
    public Task<IccamAnswer> ReadUnactioned(CancellationToken cancellation) => Call(HttpMethod.Get, "rest/Content/unactioned?maxResults=200", null, cancellation);

    public Task<IccamAnswer> AssignCountry(int content, string country, CancellationToken cancellation) =>
        Call(HttpMethod.Put, $"rest/Content/{content}/assigned-country?newCountryCode={country}", null, cancellation);

    public void Dispose()
    {
        http.Dispose();
        signingIn.Dispose();
    }

    private async Task<IccamAnswer> Call(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        try
        {
            var token = bearer;
            if (token is null && await SignIn(null, cancellation) is { } refusal)
            {
                return refusal;
            }

            token = bearer;
            var answer = await Send(method, path, body, token, cancellation);
            return answer is IccamAnswer.Refused { Status: 401 }
                ? await SignIn(token, cancellation) ?? await Send(method, path, body, bearer, cancellation)
                : answer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return new IccamAnswer.Away("iccam-unreachable");
        }
    }

    /// <summary>Null: signed in. Whoever comes second finds the first one's token.</summary>
    private async Task<IccamAnswer?> SignIn(string? refused, CancellationToken cancellation)
    {
        await signingIn.WaitAsync(cancellation);
        try
        {
            if (bearer is not null && bearer != refused)
            {
                return null;
            }

            bearer = null;
            var answer = await Send(HttpMethod.Post, "Authentication", new { username = options.Username, password = options.Password }, null, cancellation);
            if (answer is not IccamAnswer.Ok ok)
            {
                // A wrong password is ours to mend, not the report's fault: the hand-over waits.
                return answer is IccamAnswer.Refused { Status: 400 or 401 or 403 } ? new IccamAnswer.Away("iccam-sign-in-refused") : answer;
            }

            bearer = ok.Body.ValueKind == JsonValueKind.Object && ok.Body.TryGetProperty("bearerToken", out var token) ? token.GetString() : null;
            return bearer is null ? new IccamAnswer.Away("iccam-strange-answer") : null;
        }
        finally
        {
            signingIn.Release();
        }
    }

    private async Task<IccamAnswer> Send(HttpMethod method, string path, object? body, string? token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return Judge((int)response.StatusCode, text);
    }

    internal static IccamAnswer Judge(int status, string text)
    {
        JsonElement json;
        try
        {
            json = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return new IccamAnswer.Away($"iccam-{status}");
        }

        if (status == (int)HttpStatusCode.OK)
        {
            return new IccamAnswer.Ok(json);
        }

        return status is 400 or 401 or 403 or 500 && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? new IccamAnswer.Refused(status, [.. errors.EnumerateObject().Select(e => new string([.. e.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '[' or ']')])).Take(10)])
            : new IccamAnswer.Away($"iccam-{status}");
    }
}
