using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Partners;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>Partners with keys, people with forms, and staff who may assess.</summary>
internal static class DisputeDesk
{
    /// <summary>Labels of the country's scheme, complete.</summary>
    public static readonly IReadOnlyDictionary<string, string> Seen = new Dictionary<string, string>
    {
        ["sight"] = "Known",
        ["label-content"] = "rank-1",
        ["label-reality"] = "real",
        ["label-age"] = "pubescent",
        ["finding"] = "looked again",
    };

    public static async Task<(HttpClient Client, HashPartnerId Id)> Partner(this EgidaHost host, string name = "Provider")
    {
        var input = AdmitPartner.Input.Empty with { Name = name };
        var key = await host.InScope((AdmitPartner admit) => admit.Handle(input, Bank.Person(9), CancellationToken.None));
        var client = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return (client, await host.Read(db => db.Set<HashPartner>().Where(p => p.Name == name).Select(p => p.Id).SingleAsync()));
    }

    public static async Task Ask(this HttpClient partner, int item)
    {
        using var answer = await partner.PostAsJsonAsync("/api/v1/match", new { purpose = "upload-check", hashes = new[] { new { kind = "sha256", value = Bank.HashesOf(item)[2].Value } } });
        answer.EnsureSuccessStatusCode();
    }

    public static async Task<(int Status, JsonElement Body)> Dispute(this HttpClient partner, object body)
    {
        using var answer = await partner.PostAsJsonAsync("/api/v1/disputes", body);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public static Task<(int Status, JsonElement Body)> Dispute(this HttpClient partner, HashRecordId record, bool urgent = false) =>
        partner.Dispute(new { record = record.Value, reason = "not-illegal", text = "a landscape with mountains", urgent });

    public static async Task<JsonElement> Json(this HttpClient partner, string path) =>
        JsonDocument.Parse(await partner.GetStringAsync(path)).RootElement;

    public static async Task<HtmlAnswer> FileDispute(this TestClient person, string language = "en", params (string Name, string Value)[] fields)
    {
        var form = await person.Get($"/{language}/dispute");
        var all = new Dictionary<string, string> { ["what"] = "NotIllegal", ["details"] = "a picture of my own garden" };
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return await person.Submit(form, all);
    }

    public static Task<DisputeCase> Case(this EgidaHost host) => host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync());

    public static string Page(DisputeCase about) => $"/staff/hash-bank/disputes/{about.Id}";

    /// <summary>Takes the only case and says what is seen.</summary>
    public static async Task<HtmlAnswer> Assess(this TestClient assessor, DisputeCase about, IReadOnlyDictionary<string, string> seen)
    {
        await assessor.Submit(await assessor.Get(Page(about)), selector: "form.take");
        return await assessor.Submit(await assessor.Get(Page(about)), seen, "form.decide");
    }
}
