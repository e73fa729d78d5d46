using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>What the services that share hashes have in common: an address, what was asked, and misbehaving on demand.</summary>
public abstract class HashSharingDesk
{
    private readonly Lock misbehaving = new();
    private HashSharingFault fault;
    private int times;

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Method and path with its query; never a header.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>From the next answer on, so many times.</summary>
    public void Behave(HashSharingFault how, int howOften = int.MaxValue)
    {
        lock (misbehaving)
            (fault, times) = (how, how == HashSharingFault.None ? 0 : howOften);
    }

    internal void StartAt(Uri url) => Url = url;

    /// <summary>Whether this goes wrong now.</summary>
    protected bool GoesWrong(HashSharingFault how)
    {
        lock (misbehaving)
            return fault == how && times > 0 && times-- > 0;
    }

    protected static bool IsBasic(HttpContext context, string user, string password) =>
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) && header is { Scheme: "Basic", Parameter: { } parameter }
        && parameter == Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    protected void Note(HttpContext context) => Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");

    /// <summary>Answers, or what goes wrong instead.</summary>
    protected async Task Answer(HttpContext context, string contentType, byte[] body)
    {
        var response = context.Response;
        if (GoesWrong(HashSharingFault.Unavailable))
        {
            response.StatusCode = 503;
            return;
        }

        if (GoesWrong(HashSharingFault.TooManyRequests))
        {
            response.StatusCode = 429;
            response.Headers.RetryAfter = "0";
            return;
        }

        if (GoesWrong(HashSharingFault.Redirect))
        {
            response.Redirect("https://localhost:1/elsewhere");
            return;
        }

        if (GoesWrong(HashSharingFault.Silent))
        {
            await Task.Delay(TimeSpan.FromMinutes(2), context.RequestAborted);
            return;
        }

        var isError = GoesWrong(HashSharingFault.ServerError);
        if (isError || GoesWrong(HashSharingFault.Html))
        {
            (response.StatusCode, contentType, body) = (isError ? 500 : 200, "text/html", Encoding.UTF8.GetBytes("<html><body><p>Maintenance<br></body></html>"));
        }

        response.ContentType = contentType;
        if (GoesWrong(HashSharingFault.Huge))
        {
            var filler = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
                await response.Body.WriteAsync(filler, context.RequestAborted);
            return;
        }

        if (GoesWrong(HashSharingFault.CutOff))
            body = body[..(body.Length / 2)];
        response.ContentLength = body.Length;
        if (GoesWrong(HashSharingFault.Broken))
        {
            await response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    protected static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
