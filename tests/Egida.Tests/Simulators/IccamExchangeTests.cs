using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Egida.Simulators;

namespace Egida.Tests.Simulators;

public sealed class IccamExchangeTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Fact]
    public async Task A_request_without_a_living_token_is_refused()
    {
        using var client = await SignedIn();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At("rest/classifications"))).StatusCode);
        fixture.World.Iccam.ExpireTokens();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(At("rest/classifications"))).StatusCode);
    }

    [Fact]
    public async Task A_report_gets_a_number_once_and_its_contents_take_each_action_once()
    {
        using var client = await SignedIn();
        var report = Report("EG-1");
        var id = await (await client.PostAsJsonAsync(At("rest/reports"), report)).Content.ReadFromJsonAsync<int>();
        var again = await client.PostAsJsonAsync(At("rest/reports"), report);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("hotlineReference", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var kept = JsonDocument.Parse(await client.GetStringAsync(At($"rest/Reports/{id}")));
        var content = kept.RootElement.GetProperty("reportContents")[0].GetProperty("contentId").GetInt32();
        var action = new { actionType = 1, actioningAnalystName = IccamExchange.UserName, actionDate = "2026-11-23T10:00:00Z" };
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync(At($"rest/Content/{content}/actions"), action)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync(At($"rest/Content/{content}/actions"), action)).StatusCode);
    }

    [Fact]
    public async Task What_is_missing_from_a_report_is_named()
    {
        using var client = await SignedIn();
        var answer = await client.PostAsJsonAsync(At("rest/reports"), new { memo = "only words" });
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(body.RootElement.GetProperty("errors").TryGetProperty("urls", out _));
        Assert.True(body.RootElement.GetProperty("errors").TryGetProperty("reportingAnalystName", out _));
    }

    private static object Report(string reference) => new
    {
        reportingAnalystName = IccamExchange.UserName,
        hotlineReceivedDate = "2026-11-23T09:00:00Z",
        hotlineReference = reference,
        sourceUrlSiteType = 2,
        sourceUrlCommerciality = 1,
        sourceUrlPaymentMethods = new[] { 1 },
        urls = new[]
        {
            new { urlString = "http://voorbeeld.example/fotos/reis", hotlineReference = reference + "-1", hostingCountryCode = "NL", isSourceUrl = true, contentType = 2 },
        },
    };

    private Uri At(string path) => new(fixture.World.Iccam.Url, path);

    private async Task<HttpClient> SignedIn()
    {
        var client = OutsideClient.Direct(fixture.World);
        var answer = await client.PostAsJsonAsync(At("Authentication"), new { username = IccamExchange.UserName, password = IccamExchange.Password });
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("bearerToken").GetString());
        return client;
    }
}
