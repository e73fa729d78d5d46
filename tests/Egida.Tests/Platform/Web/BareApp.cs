using Egida.Platform.Verbs;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Egida.Tests.Platform.Web;

/// <summary>The application's own web with a test's routes beside its own, and no database: for what holds whatever the page is.</summary>
internal sealed class BareApp(WebApplication app, string folder) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public TestClient Browser() => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), cookie: null);

    public static async Task<BareApp> Start(Action<WebApplication>? map = null, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("egida-web-").FullName;
        var app = ServeVerb.Build([$"--Data:Folder={folder}", "--Urls=http://127.0.0.1:0", .. settings], b => b.Logging.SetMinimumLevel(LogLevel.None));
        map?.Invoke(app);
        await app.StartAsync();
        return new BareApp(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
