using System.Text.Json;

namespace Egida.Demo;

/// <summary>What the simulated partners recorded, asked over their control desk.</summary>
internal sealed class WalkPartners(Uri control) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = control, Timeout = TimeSpan.FromSeconds(20) };

    public Task<JsonElement> Ask(string path) => http.GetFromJsonAsync<JsonElement>(path);

    public async Task<IReadOnlyList<string>> MailTo(string address) =>
        [.. (await Ask($"mail/{address}")).EnumerateArray().Select(m => m.GetProperty("raw").GetString()!)];

    public async Task<IReadOnlyList<string>> ConnectedAddresses() =>
        [.. (await Ask("egress/connects")).EnumerateArray().Select(c => c.GetProperty("address").ToString())];

    public async Task<int> CanaryConnections() => (await Ask("canary")).GetProperty("connections").GetInt32();

    public void Dispose() => http.Dispose();
}
