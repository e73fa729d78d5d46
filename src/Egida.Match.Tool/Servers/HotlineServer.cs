using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Egida.Match.Tool.Servers;

/// <summary>
/// Asks a hotline's server. Where it says "later", or is away for a while, it is asked again after a pause that grows; what it refuses for good is said at once.
/// </summary>
internal sealed class HotlineServer : IDisposable
{
    private const int LargestAnswer = 64 << 20;
    private const int MostTries = 12;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private readonly ServerAccess _access;
    private readonly TimeProvider _clock;

    public HotlineServer(ServerAccess access, TimeProvider clock)
    {
        (_access, _clock) = (access, clock);
        // No redirects: the key goes to this address alone.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = TimeSpan.FromSeconds(30), PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
        {
            BaseAddress = access.Address,
            Timeout = TimeSpan.FromMinutes(5),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", access.Key) },
        };
    }

    public string Address => _access.Address.ToString();

    /// <summary>How long it may send nothing in the middle of a file before the connection is taken as broken.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often something had to be asked again.</summary>
    public int Retries { get; private set; }

    public async Task<JsonDocument> Get(string path, CancellationToken cancel)
    {
        using var answer = await Send(() => new(HttpMethod.Get, path), cancel);
        return await Json(answer, cancel);
    }

    public async Task<JsonDocument> Post(string path, ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        using var answer = await Send(() => new(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new("application/json") } } }, cancel);
        return await Json(answer, cancel);
    }

    /// <summary>Asks until there is an answer that is final.</summary>
    /// <exception cref="UsageException">The server refuses this partner or this request.</exception>
    /// <exception cref="IOException">It didn't answer for a long time.</exception>
    public async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var (answer, problem) = await Try(request, cancel);
            if (answer is { IsSuccessStatusCode: true } or { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable }) return answer;
            if (answer is not null && !IsPassing(answer.StatusCode))
            {
                using (answer) throw new UsageException(await Refusal(answer, cancel));
            }
            var pause = PauseAfter(tries, answer?.Headers.RetryAfter, _clock.GetUtcNow());
            problem = answer is null ? problem : $"it answers {(int)answer.StatusCode}";
            answer?.Dispose();
            if (tries == MostTries) throw new IOException($"'{Address}' can't be asked: {problem}. The same command goes on later if it was given --resume.");
            Retries++;
            await Task.Delay(pause, _clock, cancel);
        }
    }

    /// <summary>Pure: what the server asks for, else a pause that doubles.</summary>
    internal static TimeSpan PauseAfter(int tries, RetryConditionHeaderValue? said, DateTimeOffset now)
    {
        var asked = said switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => s_firstPause * Math.Pow(2, Math.Min(tries - 1, 20)),
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked > s_longestPause ? s_longestPause : asked;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpResponseMessage? Answer, string? Problem)> Try(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            using var message = request();
            return (await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel), null);
        }
        catch (HttpRequestException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "it doesn't answer in time");
        }
    }

    private async Task<JsonDocument> Json(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return JsonDocument.Parse(await Bytes(answer, cancel), new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            throw new UsageException($"'{Address}' doesn't answer as a hotline's server does. Check the address.");
        }
    }

    private async Task<byte[]> Bytes(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(_http.Timeout);
        try
        {
            await answer.Content.LoadIntoBufferAsync(LargestAnswer, patience.Token);
            return await answer.Content.ReadAsByteArrayAsync(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"'{Address}' doesn't send its answer to the end.", e);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private async Task<string> Refusal(HttpResponseMessage answer, CancellationToken cancel)
    {
        var said = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "it doesn't know this key. Ask the hotline for a new one",
            HttpStatusCode.NotFound => "there is no such thing for this partner",
            _ => await Detail(answer, cancel) ?? "check the address and what the hotline allows you",
        };
        return $"'{Address}' refuses ({(int)answer.StatusCode}): {said.TrimEnd('.')}.";
    }

    private async Task<string?> Detail(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            using var json = JsonDocument.Parse(await Bytes(answer, cancel));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("detail", out var detail) ? Printable(detail.GetString()) : null;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or InvalidOperationException)
        {
            return null;
        }
    }

    // It goes to a terminal.
    private static string? Printable(string? text) => text is null ? null : new([.. text.Where(letter => !char.IsControl(letter)).Take(300)]);
}
