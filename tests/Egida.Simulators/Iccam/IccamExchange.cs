using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>The exchange between hotlines, as ICCAM v3 is known from open source (docs: standards, ICCAM): bearer tokens, code lists, reports,
/// contents and their actions, over HTTPS. The caller is the Polish hotline. Refuses what the rules forbid with 400 and `errors`.</summary>
public sealed class IccamExchange
{
    public const string UserName = "egida-api", Password = "iccam-demo-password";

    private readonly ConcurrentDictionary<int, IccamReport> reports = new();
    private readonly IccamSessions sessions = new();
    private readonly Lock writing = new();
    private readonly bool wantsCertificate;
    private readonly X509Certificate2 client;

    internal IccamExchange(string stateFolder, CertificateAuthority authority, bool wantsCertificate)
    {
        this.wantsCertificate = wantsCertificate;
        var folder = Path.Combine(stateFolder, "iccam");
        Directory.CreateDirectory(folder);
        client = authority.ForHost("egida.hotline.example");
        ClientCertificateFile = Path.Combine(folder, "client.pem");
        ClientKeyFile = Path.Combine(folder, "client-key.pem");
        File.WriteAllText(ClientCertificateFile, client.ExportCertificatePem() + "\n");
        using var key = client.GetECDsaPrivateKey()!;
        File.WriteAllText(ClientKeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.SetUnixFileMode(ClientKeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Ends in a slash; `Authentication` and `rest/…` lie below it.</summary>
    public Uri Url { get; private set; } = null!;

    public string ClientCertificateFile { get; }
    public string ClientKeyFile { get; }

    /// <summary>Every request is answered 503 with a page of HTML.</summary>
    public bool Unavailable { get; set; }

    public IccamFault Fault { get; set; }

    public TimeSpan TokenLifeTime
    {
        get => sessions.LifeTime;
        set => sessions.LifeTime = value;
    }

    public IReadOnlyList<IccamReport> Reports => [.. reports.Values.OrderBy(report => report.ReportId)];

    public ConcurrentQueue<string> Requests { get; } = new();

    public void ExpireTokens() => sessions.ExpireAll();

    /// <summary>A report of another hotline about something hosted in Poland: it waits in the queues.</summary>
    public IccamReport Receive(JsonElement body, string hostingCountry = "PL") => Keep(body, assignedTo: hostingCountry, referenced: false);

    internal void StartAt(int port) => Url = new Uri($"https://localhost:{port}/iccam/");

    internal async Task Answer(HttpContext context, string path)
    {
        Requests.Enqueue($"{context.Request.Method} {path}");
        if (Unavailable)
        {
            await Away(context);
            return;
        }

        if (wantsCertificate && context.Connection.ClientCertificate?.Thumbprint != client.Thumbprint)
        {
            await Refuse(context, 403, "certificate", "a client certificate issued by us is required");
            return;
        }

        try
        {
            var body = HttpMethods.IsGet(context.Request.Method) ? default : await context.ReadJson();
            var words = path.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["authentication", ..])
                await Authenticate(context, words.ElementAtOrDefault(1), body);
            else if (!sessions.Holds(context.Request.Headers.Authorization))
                await Refuse(context, 401, "authentication", "the token is missing, unknown or expired");
            else
                await Rest(context, words, body);
        }
        catch (JsonException)
        {
            await Refuse(context, 400, "body", "isn't JSON");
        }
    }

    private async Task Authenticate(HttpContext context, string? step, JsonElement body)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        object? answer = step switch
        {
            null => body.Text("username") == UserName && body.Text("password") == Password ? sessions.Open() : null,
            "refresh" => sessions.Refresh(body.Text("bearerToken"), body.Text("refreshToken")),
            "userinfo" => new { isAuthenticated = sessions.Holds(authorization), exposedClaims = new { exp = (DateTimeOffset.UtcNow + TokenLifeTime).ToUnixTimeSeconds() } },
            "logout" => new { },
            _ => null,
        };
        if (step == "logout")
            sessions.Close(authorization);
        await (answer is null ? Refuse(context, 401, "authentication", "unknown name, password or token") : context.Json(answer));
    }

    private Task Rest(HttpContext context, string[] words, JsonElement body) => (context.Request.Method, words) switch
    {
        ("GET", ["rest", "countries", .. var id]) => List(context, IccamLists.Countries, id),
        ("GET", ["rest", "hotlines", .. var id]) => List(context, IccamLists.Hotlines, id),
        ("GET", ["rest", "analysts", .. var id]) => List(context, IccamLists.Analysts, id),
        ("GET", ["rest", var list, .. var id]) when IccamLists.Codes.TryGetValue(list, out var entries) => List(context, entries, id),
        ("POST", ["rest", "reports"]) => Post(context, body),
        ("GET", ["rest", "reports", var id]) => Number(id) is { } number && reports.TryGetValue(number, out var report)
            ? context.Json(IccamAnswers.Report(report, namesReference: Fault != IccamFault.ReferenceNotNamed))
            : Refuse(context, 400, "reportId", "no such report"),
        ("PUT", ["rest", "content", _, "assigned-country"]) when Fault is IccamFault.AssignmentAway => Away(context),
        ("PUT", ["rest", "content", _, "assigned-country"]) when Fault is IccamFault.AssignmentRefused => Refuse(context, 403, "newCountryCode", "not yours to give"),
        (_, ["rest", "content", var id, .. var more]) when Number(id) is { } number => Find(number) is { } content
            ? IccamContents.Answer(context, reports.Values, content, string.Join('/', more), body)
            : Refuse(context, 400, "contentId", "no such content"),
        ("GET", ["rest", "content", var queue]) => IccamContents.Queue(context, reports.Values, queue),
        _ => Refuse(context, 404, "path", "no such endpoint"),
    };

    private async Task Post(HttpContext context, JsonElement body)
    {
        var errors = IccamCheck.Report(body);
        IccamReport? report = null;
        lock (writing)
        {
            if (errors.Count == 0 && reports.Values.Any(other => other.HotlineReference == body.Text("hotlineReference")))
                errors["hotlineReference"] = ["is used by another report"];
            if (errors.Count == 0)
                report = Keep(body, assignedTo: "PL", referenced: true);
        }

        if (report is not null && Fault is IccamFault.ReportAnswerLost)
        {
            context.Abort();
            return;
        }

        await (report is null ? context.Json(new { errors }, 400) : context.Json(report.ReportId));
    }

    private static Task Away(HttpContext context)
    {
        context.Response.StatusCode = 503;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<h1>Service Unavailable</h1>", context.RequestAborted);
    }

    private IccamReport Keep(JsonElement body, string assignedTo, bool referenced)
    {
        lock (writing)
        {
            var report = new IccamReport { ReportId = 50_001 + reports.Count, HotlineReference = body.Text("hotlineReference") ?? "", Body = body };
            foreach (var url in body.GetProperty("urls").EnumerateArray())
            {
                report.Contents.Add(IccamContents.From(url, 700_001 + reports.Values.Sum(other => other.Contents.Count) + report.Contents.Count,
                    report.ReportId, assignedTo, referenced));
            }

            reports[report.ReportId] = report;
            return report;
        }
    }

    private IccamContent? Find(int contentId) =>
        reports.Values.SelectMany(report => report.Contents).FirstOrDefault(content => content.ContentId == contentId);

    private static Task List(HttpContext context, object[] entries, string[] id)
    {
        if (id is [])
            return context.Json(entries);
        var found = entries.Select(entry => JsonSerializer.SerializeToElement(entry, WorldJson.Options))
            .Where(entry => Number(id[0]) is { } number && entry.GetProperty("id").GetInt32() == number).ToArray();
        return found is [var one] ? context.Json(one) : Refuse(context, 400, "id", "isn't in the list");
    }

    internal static Task Refuse(HttpContext context, int status, string code, string text) =>
        context.Json(new { errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [code] = [text] } }, status);

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
