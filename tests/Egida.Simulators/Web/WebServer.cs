using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Egida.Simulators;

/// <summary>The one HTTP server under sites, partners and the control desk, told apart by the port a request came in by.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<(ListenOptions Port, RequestDelegate Answer)> parts = [];

    public WebServer(CertificateAuthority authority, IReadOnlyList<WebPart> wanted)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            foreach (var part in wanted)
            {
                kestrel.Listen(IPAddress.Loopback, part.Port, port =>
                {
                    if (part.Tls)
                        port.UseHttps(https => Secure(https, authority));
                    parts.Add((port, part.Answer));
                });
            }
        });
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(200));
        app = builder.Build();
        app.Run(Answer);
    }

    public async Task<IReadOnlyList<int>> Start()
    {
        await app.StartAsync();
        return [.. parts.Select(part => part.Port.IPEndPoint!.Port)];
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Secure(HttpsConnectionAdapterOptions https, CertificateAuthority authority)
    {
        https.ServerCertificateSelector = (_, name) => authority.ForHost(string.IsNullOrEmpty(name) ? "localhost" : name);
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
    }

    private async Task Answer(HttpContext context)
    {
        var part = parts.First(part => part.Port.IPEndPoint!.Port == context.Connection.LocalPort);
        try
        {
            await part.Answer(context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}

internal sealed record WebPart(int Port, bool Tls, RequestDelegate Answer);
