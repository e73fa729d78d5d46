using System.Net;
using Egida.Platform.Sandboxing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Egida.Match.Tool.Serving;

/// <summary>The small server: listens, bounds what comes in, and turns whatever goes wrong into an answer.</summary>
internal sealed class Sidecar : IAsyncDisposable
{
    private const int MostConnections = 256;
    private const int MostUploads = 4;

    private readonly WebApplication _app;
    private readonly MediaHashing _hashing;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;

    private Sidecar(WebApplication app, MediaHashing hashing, Banks banks, TimeProvider clock)
    {
        (_app, _hashing) = (app, hashing);
        _following = banks.Follow(clock, _stop.Token);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5000</c>.</summary>
    public string Address => _app.Urls.First();

    /// <param name="banks">What is looked up in; stays the caller's.</param>
    /// <param name="at">Where to listen.</param>
    /// <param name="hashesPictures">Whether pictures are decoded; then this machine must be able to confine a decoder.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="say">For whoever looks after it.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="SandboxUnavailableException">This machine can't confine a decoder.</exception>
    public static async Task<Sidecar> Start(Banks banks, IPEndPoint at, bool hashesPictures, TimeProvider clock, Action<string> say, CancellationToken cancel)
    {
        var hashing = new MediaHashing(clock, MostUploads);
        if (hashesPictures) await hashing.Prove(cancel);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "egida-match" });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MediaHashing.LargestFile;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestLineSize = 8192;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16384;
            kestrel.Listen(at);
        });
        var app = builder.Build();
        var routes = new HmaRoutes(banks, hashing);
        app.Run(context => Answer(context, routes, IPAddress.IsLoopback(at.Address), say));
        await app.StartAsync(cancel);
        return new(app, hashing, banks, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _following;
        _hashing.Dispose();
        _stop.Dispose();
    }

    private static async Task Answer(HttpContext context, HmaRoutes routes, bool isLoopback, Action<string> say)
    {
        try
        {
            // A web page that somebody here looks at can make a name of its own lead to this machine.
            if (isLoopback && !IsThisMachine(context.Request.Host.Host)) throw new HmaException(421, "This server answers on this machine alone: ask for localhost or 127.0.0.1.");
            await routes.Answer(context);
        }
        catch (HmaException e)
        {
            await HmaAnswers.Problem(context, e.Status, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await HmaAnswers.Problem(context, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Content too large" : "The request can't be read.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            say(e is ListRefusedException or SandboxUnavailableException or IOException ? e.Message : $"a request broke off: {e}");
            await HmaAnswers.Problem(context, e is ListRefusedException or SandboxUnavailableException ? 503 : 500, e is ListRefusedException ? e.Message : "It couldn't be answered; the reason is in this program's output.");
        }
    }

    private static bool IsThisMachine(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
