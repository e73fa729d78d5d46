namespace Egida.BrowserTests;

internal static class PasskeyJourney
{
    /// <summary>A device that keeps passkeys and knows its owner, and always says yes.</summary>
    public static async Task PlugInAuthenticator(this Visit visit)
    {
        var tools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    public static async Task<IReadOnlyList<string>> TooWide(this Visit visit)
    {
        var width = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return width <= visit.Page.ViewportSize!.Width ? [] : [$"{visit.Page.Url} is {width} pixels wide"];
    }

    /// <summary>To look at: only where EGIDA_LOOK names a folder.</summary>
    public static async Task Picture(this Visit visit, string name)
    {
        if (Environment.GetEnvironmentVariable("EGIDA_LOOK") is { Length: > 0 } folder)
        {
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
