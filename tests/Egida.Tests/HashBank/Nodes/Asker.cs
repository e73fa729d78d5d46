using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>A partner who asks some node.</summary>
internal sealed class Asker(Uri node, string key) : IDisposable
{
    private readonly HttpClient client = new()
    {
        BaseAddress = node,
        Timeout = TimeSpan.FromSeconds(20),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public static Task<string> Admit(EgidaHost host) => host.InScope((AdmitPartner admit) =>
        admit.Handle(AdmitPartner.Input.Empty with { Name = "Provider", PerMinute = "1000000" }, Bank.Person(9), CancellationToken.None));

    /// <summary>Whether these items are known, by SHA-256 and by a look that is 20 bits off; null if the node doesn't answer now.</summary>
    public async Task<bool[]?> AreKnown(params int[] items)
    {
        var hashes = items.SelectMany(item => new object[]
        {
            new { kind = "sha256", value = Bank.HashesOf(item)[2].Value }, new { kind = "pdq", value = Bank.Near(item, 20).ToString(), radius = 31 },
        });
        try
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/match", new { purpose = "upload-check", hashes });
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var known = json.RootElement.GetProperty("answers").EnumerateArray().Select(a => a.GetProperty("matches").GetArrayLength() > 0).ToList();
            Assert.All(items.Index(), i => Assert.Equal(known[2 * i.Index], known[2 * i.Index + 1]));
            return [.. items.Select((_, i) => known[2 * i])];
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>The same in words: <c>known unknown</c>, or <c>no answer</c>.</summary>
    public async Task<string> Says(params int[] items) =>
        await AreKnown(items) is { } known ? string.Join(' ', known.Select(k => k ? "known" : "unknown")) : "no answer";

    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return (0, e.Message);
        }
    }

    public async Task Ready()
    {
        var last = "";
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            (var status, last) = await Get("/health/ready");
            if (status == HttpStatusCode.OK) return;
            await Task.Delay(50);
        }

        Assert.Fail($"The node isn't ready: {last}");
    }

    public void Dispose() => client.Dispose();
}
