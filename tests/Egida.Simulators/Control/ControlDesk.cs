using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>Plain HTTP and JSON for whoever steers the world from another process. `GET /` lists the paths. Refuses other paths (404).</summary>
public sealed class ControlDesk
{
    private static readonly string[] Paths =
    [
        "GET /world", "GET /mail", "GET /mail/{address}", "GET /egress/connects", "GET /canary", "GET /dns/questions", "GET /rdap/queries",
        "GET /provider/notices", "GET /iccam/reports", "GET /sites/requests", "POST /sites/remove {url}", "POST /sites/restore {url}",
        "POST /sites/move {host, addresses}", "POST /sites/reachable {host, reachable}", "POST /faults {part, target, fault}",
    ];

    private readonly World world;

    internal ControlDesk(World world) => this.world = world;

    public Uri Url { get; private set; } = null!;

    internal void StartAt(int port) => Url = new Uri($"http://127.0.0.1:{port}/");

    internal async Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        try
        {
            object? answer = HttpMethods.IsGet(context.Request.Method)
                ? Read(path)
                : await Write(path, await context.ReadJson());
            await (answer is null ? context.Json(new { error = "no such path", Paths }, 404) : context.Json(answer));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            await context.Json(new { error = e.Message }, 400);
        }
    }

    private object? Read(string path) => path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [] => Paths,
        ["world"] => WorldDescription.Of(world),
        ["mail"] => world.Mail.Mailboxes.Select(address => new { address, count = world.Mail.Inbox(address).Count }).ToArray(),
        ["mail", var address] => world.Mail.Inbox(address)
            .Select(mail => new { mail.Sender, mail.Recipients, subject = mail.Parse().Header("subject", ""), mail.At, mail.File, raw = mail.Text, parts = Parts(mail) }).ToArray(),
        ["egress", "connects"] => world.Egress.Connects.ToArray(),
        ["canary"] => new { connections = world.Canary.Connections, ports = world.Canary.Ports },
        ["dns", "questions"] => world.Dns.Questions.ToArray(),
        ["rdap", "queries"] => world.Rdap.Queries.ToArray(),
        ["provider", "notices"] => world.Provider.Notices.Select(notice => notice with { }).ToArray(),
        ["iccam", "reports"] => world.Iccam.Reports,
        ["sites", "requests"] => world.Sites.Requests.ToArray(),
        _ => null,
    };

    private static object[] Parts(ReceivedMail mail) =>
        [.. mail.Parse().All.Where(part => part.Parts.Count == 0).Select(part => new { part.MediaType, part.FileName, part.Text })];

    private async Task<object?> Write(string path, JsonElement body)
    {
        switch (path)
        {
            case "/sites/remove":
                return new { done = world.Sites.Remove(Wanted(body, "url")) };
            case "/sites/restore":
                return new { done = world.Sites.Restore(Wanted(body, "url")) };
            case "/sites/move":
                world.Sites.Move(Wanted(body, "host"), [.. body.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()!)]);
                return new { done = true };
            case "/sites/reachable":
                var site = world.Sites.Find(Wanted(body, "host")) ?? throw new ArgumentException("no such site");
                site.Reachable = body.GetProperty("reachable").GetBoolean();
                return new { done = true };
            case "/faults":
                await ControlFaults.Set(world, Wanted(body, "part"), body.Text("target") ?? "*", Wanted(body, "fault"));
                return new { done = true };
            default:
                return null;
        }
    }

    private static string Wanted(JsonElement body, string name) => body.Text(name) ?? throw new ArgumentException($"{name} is wanted");
}
