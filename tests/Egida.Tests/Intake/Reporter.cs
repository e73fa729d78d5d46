using Egida.Tests.Harness;

namespace Egida.Tests.Intake;

/// <summary>Fills in the public form as a person does, page by page.</summary>
internal static class Reporter
{
    public static async Task<HtmlAnswer> FillIn(this TestClient client, string addresses, string concern = "NotSure", string details = "", string language = "pl")
    {
        var where = await client.Get($"/{language}/report");
        var what = await client.Submit(where, new Dictionary<string, string> { ["addresses"] = addresses });
        var more = await client.Submit(what, new Dictionary<string, string> { ["concern"] = concern });
        return await client.Submit(more, new Dictionary<string, string> { ["details"] = details });
    }

    /// <returns>The receipt code from the last page.</returns>
    public static async Task<string> Report(this TestClient client, string addresses, string language = "pl")
    {
        var sent = await client.Submit(await client.FillIn(addresses, language: language));
        return CodeOn(sent);
    }

    public static string CodeOn(HtmlAnswer page) =>
        page.Document.QuerySelector(".receipt-code")?.TextContent.Trim() ?? throw new InvalidOperationException($"No receipt code on «{page.Document.Title}».");

    public static async Task<HtmlAnswer> LookUp(this TestClient client, string code, string language = "pl") =>
        await client.Submit(await client.Get($"/{language}/receipt"), new Dictionary<string, string> { ["code"] = code });
}
