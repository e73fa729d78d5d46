using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>One person's visit. Whatever it asks for and whatever the browser complains of is written down.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly HashSet<string> hosts = [];

    public Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        context.Request += (_, request) => Keep(hosts.Add, new Uri(request.Url).Host);
        context.RequestFailed += (_, request) => Complain($"{request.Url} failed: {request.Failure}");
        context.WebError += (_, error) => Complain($"{error.Page?.Url}: {error.Error}");
        context.Console += (_, message) =>
        {
            // A form that came back has this status; the browser says so of any page above 399.
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 422", StringComparison.Ordinal))
            {
                Complain($"{message.Page?.Url}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    public async Task<int> CookieCount() => (await context.CookiesAsync()).Count;

    public async Task TakeCookies(IEnumerable<System.Net.Cookie> cookies) =>
        await context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = "localhost", Path = "/staff" }));

    /// <summary>As if the form had lain open for too long, or were not ours.</summary>
    public Task SpoilField(string selector) => Page.Locator(selector).EvaluateAsync("field => { field.value = 'spoilt'; }");

    public async Task Open(string path)
    {
        var answer = await Page.GotoAsync(path);
        Assert.True(answer!.Ok, $"{path} answers {answer.Status}.");
    }

    /// <summary>Only this application was asked, and the browser had nothing to complain of: no error, nothing that the content policy refused.</summary>
    public void AssertQuiet()
    {
        lock (complaints)
        {
            Assert.Equal(["localhost"], hosts);
            Assert.Empty(complaints);
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private void Complain(string text) => Keep(t => { complaints.Add(t); return true; }, text);

    // Playwright reports from another thread.
    private void Keep(Func<string, bool> keep, string text)
    {
        lock (complaints)
        {
            keep(text);
        }
    }
}
