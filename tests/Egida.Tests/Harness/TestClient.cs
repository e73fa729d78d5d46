using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Egida.Platform.Actions;

namespace Egida.Tests.Harness;

/// <summary>A browser without script: follows nothing by itself, sends forms with all their hidden fields.</summary>
public sealed class TestClient : IDisposable
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies = new();

    public TestClient(Uri address, string? cookie)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = cookies }) { BaseAddress = address };
        if (cookie is not null)
        {
            var cut = cookie.IndexOf('=', StringComparison.Ordinal);
            cookies.Add(address, new Cookie(cookie[..cut], cookie[(cut + 1)..]) { Path = "/" });
        }
    }

    public StaffId? Staff { get; init; }

    public HttpClient Http => http;

    public int CookieCount => cookies.Count;

    public IEnumerable<Cookie> Cookies => cookies.GetAllCookies();

    public async Task<HtmlAnswer> Get(string path) => await HtmlAnswer.Read(await http.GetAsync(path));

    /// <summary>
    /// Sends the page's form (the first, or the one that <paramref name="selector"/> finds) with its own values, overridden by <paramref name="fields"/>;
    /// to where the button that <paramref name="by"/> finds wants it, if one is pressed.
    /// </summary>
    public async Task<HtmlAnswer> Submit(HtmlAnswer page, IReadOnlyDictionary<string, string>? fields = null, string selector = "main form", string? by = null)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>(selector)
            ?? throw new InvalidOperationException($"No form '{selector}' on the page «{page.Document.Title}».");
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            var (name, value, sent) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } i => (i.Name, i.Value is "" ? "on" : i.Value, i.IsChecked),
                IHtmlInputElement { Type: "submit" or "button" } i => (i.Name, i.Value, false),
                IHtmlInputElement i => (i.Name, i.Value, true),
                IHtmlTextAreaElement t => (t.Name, t.Value, true),
                IHtmlSelectElement s => (s.Name, s.Value ?? "", true),
                _ => (null, "", false),
            };
            if (sent && !string.IsNullOrEmpty(name) && fields?.ContainsKey(name) != true)
            {
                values.Add(new(name, value));
            }
        }

        values.AddRange(fields ?? new Dictionary<string, string>());
        var action = by is not null ? page.Document.QuerySelector(by)!.GetAttribute("formaction")! : form.GetAttribute("action") is { Length: > 0 } target ? target : page.Path;
        return await HtmlAnswer.Read(await http.PostAsync(new Uri(new Uri(http.BaseAddress!, page.Path), action), new FormUrlEncodedContent(values)));
    }

    public async Task<HtmlAnswer> Follow(HtmlAnswer answer) =>
        await Get((answer.Location ?? throw new InvalidOperationException($"The answer {(int)answer.Status} is no redirect.")).ToString());

    public async Task<HtmlAnswer> Post(string path, IReadOnlyDictionary<string, string> fields) =>
        await HtmlAnswer.Read(await http.PostAsync(path, new FormUrlEncodedContent(fields)));

    public void Dispose() => http.Dispose();
}

public sealed record HtmlAnswer(HttpStatusCode Status, string Path, Uri? Location, IHtmlDocument Document, string Html, HttpResponseMessage Response)
{
    public string Text => Document.Body?.TextContent ?? "";

    public static async Task<HtmlAnswer> Read(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var document = await new HtmlParser().ParseDocumentAsync(html);
        return new HtmlAnswer(response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, response.Headers.Location, document, html, response);
    }
}
