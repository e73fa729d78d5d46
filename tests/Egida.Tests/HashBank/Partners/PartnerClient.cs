using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank.Partners;

/// <summary>A partner with its key, as it talks to the host.</summary>
internal static class PartnerClient
{
    public const string Purpose = "upload-check";

    public static readonly AdmitPartner.Input Provider = AdmitPartner.Input.Empty with { Name = "Provider" };

    public static Task<string> Admit(this EgidaHost host, AdmitPartner.Input input) =>
        host.InScope((AdmitPartner admit) => admit.Handle(input, Bank.Person(9), CancellationToken.None));

    public static async Task<HttpClient> Partner(this EgidaHost host, AdmitPartner.Input? input = null) => host.Client(await host.Admit(input ?? Provider));

    public static HttpClient Client(this EgidaHost host, string key) =>
        new() { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    public static object Hash(string kind, string value) => new { kind, value };

    public static object Sha256(int item) => Hash("sha256", Bank.HashesOf(item)[2].Value);

    public static object Pdq(Egida.HashSearch.Hash256 value, int radius) => new { kind = "pdq", value = value.ToString(), radius };

    public static async Task<JsonDocument> Ask(this HttpClient partner, params object[] hashes)
    {
        using var answer = await partner.PostAsJsonAsync("/api/v1/match", new { purpose = Purpose, hashes });
        return await Json(answer);
    }

    public static async Task<JsonDocument> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text);
    }

    /// <summary>"same-bytes 0, looks 12", a code of refusal, or nothing.</summary>
    public static string Said(JsonElement answer) => answer.TryGetProperty("refused", out var refused)
        ? refused.GetProperty("code").GetString()!
        : string.Join(", ", answer.GetProperty("matches").EnumerateArray().Select(m => $"{m.GetProperty("strength").GetString()} {m.GetProperty("distance").GetInt32()}"));

    public static IReadOnlyList<string> Said(JsonDocument answers) => [.. answers.RootElement.GetProperty("answers").EnumerateArray().Select(Said)];
}
