using Egida.Access;

namespace Egida.BrowserTests;

/// <summary>Chromium's own virtual authenticator, so that the page's script, the browser and the server are all real.</summary>
[Collection(InTheBrowser.Name)]
public class PasskeyTests(Browser browser)
{
    [Fact]
    public async Task Somebody_adds_a_passkey_signs_out_and_comes_in_with_it_alone()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.PlugInAuthenticator();
        await visit.EnterByLink(browser.Host, Role.Analyst);
        await visit.Open("/staff/me");
        await visit.Page.FillAsync("#passkeys [name=name]", "Laptop");
        await visit.Page.ClickAsync("#passkey-add");
        await visit.Page.WaitForSelectorAsync(".own-passkey");
        Assert.Equal("Laptop", await visit.Page.InnerTextAsync(".own-passkey h3"));

        await visit.Page.ClickAsync("form[action='/staff/sign-out'] button");
        await visit.Page.WaitForSelectorAsync("#passkey-sign-in");
        await visit.Page.ClickAsync("#passkey-sign-in");
        await visit.Page.WaitForSelectorAsync("nav.side");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_second_passkey_on_the_same_device_and_a_device_without_any_are_told_plainly()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.PlugInAuthenticator();
        await visit.EnterByLink(browser.Host, Role.Analyst);
        await visit.Open("/staff/me");
        await visit.Page.ClickAsync("#passkey-add");
        await visit.Page.WaitForSelectorAsync(".own-passkey");
        await visit.Page.ClickAsync("#passkey-add");
        await visit.Page.WaitForSelectorAsync("#passkeys [data-says]:not(:empty)");
        Assert.Equal("Na tym urządzeniu masz już klucz dostępu.", await visit.Page.InnerTextAsync("#passkeys [data-says]"));
        Assert.Equal(1, await visit.Page.Locator(".own-passkey").CountAsync());

        await using var stranger = await browser.Visit(script: true);
        await stranger.PlugInAuthenticator();
        await stranger.Open("/staff/sign-in");
        await stranger.Page.ClickAsync("#passkey-sign-in");
        await stranger.Page.WaitForSelectorAsync("[data-says]:not(:empty)");
        Assert.True(await stranger.Page.IsEnabledAsync("#passkey-sign-in"));
    }

    [Fact]
    public async Task Without_script_or_without_WebAuthn_the_page_says_so_and_the_code_is_there()
    {
        await using var plain = await browser.Visit();
        await plain.Open("/staff/sign-in");
        Assert.False(await plain.Page.IsVisibleAsync("#passkey-sign-in"));
        Assert.True(await plain.Page.IsVisibleAsync("noscript p"));
        Assert.True(await plain.Page.IsVisibleAsync("form.by-code button"));

        await using var old = await browser.Visit(script: true);
        await old.Page.AddInitScriptAsync("delete window.PublicKeyCredential");
        await old.Open("/staff/sign-in");
        Assert.True(await old.Page.IsDisabledAsync("#passkey-sign-in"));
        Assert.StartsWith("Ta przeglądarka", await old.Page.InnerTextAsync("[data-says]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_finds_nothing_on_the_pages_of_signing_in_and_of_ones_own_access(bool phone)
    {
        await using var visit = await browser.Visit(script: true, phone: phone);
        await visit.PlugInAuthenticator();
        await visit.Open("/staff/sign-in");
        List<string> found = [.. await visit.Page.Violations("sign in"), .. await visit.TooWide()];
        await visit.Picture($"sign-in-{(phone ? 390 : 1280)}");
        await visit.EnterByLink(browser.Host, Role.Analyst);
        await visit.Open("/staff/me");
        await visit.Page.FillAsync("#passkeys [name=name]", "Laptop");
        await visit.Page.ClickAsync("#passkey-add");
        await visit.Page.WaitForSelectorAsync(".own-passkey");
        foreach (var summary in await visit.Page.Locator(".own-passkey summary").AllAsync())
        {
            await summary.ClickAsync();
        }

        found.AddRange([.. await visit.Page.Violations("me"), .. await visit.TooWide()]);
        await visit.Picture($"me-{(phone ? 390 : 1280)}");
        browser.Host.Clock.Advance(SecondProof.Life);
        await visit.Open("/staff/me");
        await visit.Page.WaitForSelectorAsync("#prove");
        found.AddRange([.. await visit.Page.Violations("me, to be proved"), .. await visit.TooWide()]);
        await visit.Picture($"prove-{(phone ? 390 : 1280)}");
        await visit.Page.ClickAsync("#passkey-prove");
        await visit.Page.WaitForSelectorAsync("#passkey-add");

        Assert.True(found.Count == 0, string.Join("\n", found));
        visit.AssertQuiet();
    }
}
