using Egida.Simulators;
using Egida.Tests.Harness;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>One browser and one application for all tests: Debian's Chromium, nothing downloaded, every name but this machine's own unknown to it.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ];

    private World? world;
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal World World => world!;

    public EgidaHost Host { get; private set; } = null!;

    internal Samples Samples { get; private set; } = null!;

    /// <summary>By name, not by number: a passkey's relying party is `localhost`.</summary>
    public string Address => AddressOf(Host);

    public static string AddressOf(EgidaHost host) => $"http://localhost:{host.Address.Port}";

    public async Task InitializeAsync()
    {
        world = await TestWorld.Start();
        Host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string>(world.TracingSettings()) { ["Demo:Enabled"] = "true", ["HashSources:Feeds:npo:Kind"] = "ncmec", ["HashSources:Feeds:npo:Source"] = "lab" });
        await Host.Fill();
        Samples = await BrowserTests.Samples.Make(Host);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Switches, Headless = true });
    }

    /// <summary>A person with a fresh profile: no cookie, nothing remembered.</summary>
    internal async Task<Visit> Visit(bool script = false, bool phone = false, ColorScheme scheme = ColorScheme.Light, string? elsewhere = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = elsewhere ?? Address,
            JavaScriptEnabled = script,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 900 },
            ColorScheme = scheme,
            Locale = "pl-PL",
            ReducedMotion = ReducedMotion.Reduce,
            ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(60_000);
        return new Visit(context, await context.NewPageAsync());
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await Host.DisposeAsync();
        if (world is not null)
        {
            await world.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Browser>
{
    public const string Name = "browser";
}
