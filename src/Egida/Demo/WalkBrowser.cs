using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Egida.Demo;

/// <summary>A person at a browser without script: follows redirects, fills in forms, keeps cookies only where asked to.</summary>
internal sealed class WalkBrowser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;
    private IHtmlDocument page = new HtmlParser().ParseDocument("");
    private Uri here;

    public WalkBrowser(Uri web)
    {
        here = web;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = true, MaxAutomaticRedirections = 5 })
        {
            BaseAddress = web,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public IHtmlDocument Page => page;

    /// <summary>Where the redirects ended.</summary>
    public string Path => here.AbsolutePath;

    public HttpStatusCode Status { get; private set; }

    /// <summary>How many cookies any answer so far has set.</summary>
    public int Cookies => cookies.Count;

    public string Text => page.Body?.TextContent ?? "";

    public async Task Open(string path) => await Take(await http.GetAsync(new Uri(here, path)));

    public Task<byte[]> Download(string path) => http.GetByteArrayAsync(path);

    public async Task<HttpResponseMessage> Ask(string path) => await http.GetAsync(path);

    /// <summary>Sends the form that <paramref name="selector"/> finds, as it stands, with some fields filled in.</summary>
    public async Task Submit(string selector, params IEnumerable<(string Name, string Value)> fields)
    {
        var form = page.QuerySelector<IHtmlFormElement>(selector) ?? throw new DemoFailedException($"no form '{selector}' on the page «{page.Title}» ({(int)Status})");
        await Send(form, form.GetAttribute("action"), [.. fields]);
    }

    /// <summary>Presses the button that <paramref name="selector"/> finds: its form goes to where the button says.</summary>
    public async Task Press(string selector)
    {
        var button = page.QuerySelector<IHtmlButtonElement>(selector) ?? throw new DemoFailedException($"no button '{selector}' on the page «{page.Title}» ({(int)Status})");
        await Send(button.Form!, button.GetAttribute("formaction") ?? button.Form!.GetAttribute("action"), []);
    }

    private async Task Send(IHtmlFormElement form, string? target, List<(string Name, string Value)> filled)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, ""),
                IHtmlInputElement { Type: "submit" } => (null, ""),
                IHtmlInputElement i => (i.Name, i.Value),
                IHtmlTextAreaElement t => (t.Name, t.Value),
                IHtmlSelectElement s => (s.Name, s.Value ?? ""),
                _ => ((string?)null, ""),
            };
            if (!string.IsNullOrEmpty(name) && !filled.Exists(f => f.Name == name))
            {
                values.Add(new(name, value));
            }
        }

        values.AddRange(filled.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        await Take(await http.PostAsync(new Uri(here, string.IsNullOrEmpty(target) ? here.ToString() : target), new FormUrlEncodedContent(values)));
    }

    public void Dispose() => http.Dispose();

    private async Task Take(HttpResponseMessage answer)
    {
        Status = answer.StatusCode;
        here = answer.RequestMessage!.RequestUri!;
        page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        answer.Dispose();
    }
}
