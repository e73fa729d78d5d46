using System.Text.Json;

namespace Egida.Demo;

/// <summary>What the simulated partners recorded, asked over their control desk.</summary>
internal sealed class WalkPartners(Uri control) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = control, Timeout = TimeSpan.FromSeconds(20) };

    public Task<JsonElement> Ask(string path) => http.GetFromJsonAsync<JsonElement>(path);

    public async Task<IReadOnlyList<WalkMail>> MailTo(string address) =>
        (await Ask($"mail/{address}")).Deserialize<WalkMail[]>(JsonSerializerOptions.Web)!;

    public async Task<IReadOnlyList<string>> ConnectedAddresses() =>
        [.. (await Ask("egress/connects")).EnumerateArray().Select(c => c.GetProperty("address").ToString())];

    public async Task<int> CanaryConnections() => (await Ask("canary")).GetProperty("connections").GetInt32();

    /// <summary>Makes a part of the outside world misbehave, or behave again.</summary>
    public async Task Set(string path, object what)
    {
        using var answer = await http.PostAsJsonAsync(path, what);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}

/// <summary>A message as the partner's mail server took it, and its leaf parts as they read it.</summary>
internal sealed record WalkMail(string Raw, IReadOnlyList<WalkMailPart> Parts)
{
    public bool Says(string text) => Raw.Contains(text, StringComparison.OrdinalIgnoreCase) || Parts.Any(p => p.Text.Contains(text, StringComparison.OrdinalIgnoreCase));
}

internal sealed record WalkMailPart(string MediaType, string? FileName, string Text);
