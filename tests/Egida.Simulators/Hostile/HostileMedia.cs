using System.Text;

namespace Egida.Simulators;

/// <summary>Answers that arrive in good order and are bad to open.</summary>
internal static class HostileMedia
{
    private static readonly string[] Dangerous =
    [
        "/html.jpg", "/polyglot.png", "/truncated.png", "/flood.png", "/vector.svg", "/paper.pdf", "/animated.gif", "/short.mp4",
        "/empty.png", "/nonsense.jpg", "/endless.jpg", "/reset", "/status/404",
    ];

    /// <summary>A one-pixel picture for the page with five hundred of them.</summary>
    public static HostileAnswer Tiny { get; } = HostileAnswer.Whole("image/png", () => PngWriter.Write(new Canvas(1, 1)));

    public static IEnumerable<(string Path, HostileAnswer Answer)> All()
    {
        yield return ("/html.jpg", HostileAnswer.Whole("image/jpeg", () => Text("<!doctype html><script>document.title='ran'</script><p>not a picture</p>")));
        yield return ("/polyglot.png", HostileAnswer.Whole("image/png", () => [.. Scene.Png(66, 120, 90), .. Text("<html><script>document.title='ran'</script></html>PK\u0003\u0004")]));
        yield return ("/truncated.png", HostileAnswer.Whole("image/png", () => Scene.Png(67, 200, 150)[..3000]));
        yield return ("/flood.png", HostileAnswer.Whole("image/png", () => PngWriter.Flood(10_000, 5_000)));
        yield return ("/vector.svg", HostileAnswer.Whole("image/svg+xml", () => Text(Svg)));
        yield return ("/paper.pdf", HostileAnswer.Whole("application/pdf", () => Text(Pdf)));
        yield return ("/animated.gif", HostileAnswer.Whole("image/gif", () => Resource.ReadAsset("animated.gif")));
        yield return ("/short.mp4", HostileAnswer.Whole("video/mp4", () => Resource.ReadAsset("short.mp4")));
        yield return ("/empty.png", HostileAnswer.Whole("image/png", () => []));
        yield return ("/nonsense.jpg", HostileAnswer.Whole("image/jpeg", () => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[500]]));
        yield return ("/media", Page(string.Concat(Dangerous.Select(path => $"<img src=\"{path}\" alt=\"\">"))));
        yield return ("/good-and-bad", Page("<img src=\"/truncated.png\" alt=\"\"><img src=\"/good.png\" alt=\"\"><img src=\"/flood.png\" alt=\"\">"));
        yield return ("/good.png", HostileAnswer.Whole("image/png", () => Scene.Png(68, 320, 240)));
        yield return ("/many-pictures", Page(string.Concat(Enumerable.Range(1, 500).Select(i => $"<img src=\"/tiny/{i}.png\" alt=\"\">"))));
        yield return ("/inner-addresses", Page("<img src=\"http://127.0.0.1/a.png\"><img src=\"http://loopback.example/b.png\"><img src=\"file:///etc/passwd\">"
            + "<img src=\"data:image/png;base64,AAAA\"><base href=\"http://10.0.0.1/\"><img src=\"c.png\">"));
        yield return ("/nested", HostileAnswer.Whole("text/html", () => Text(Repeated("<div>", 100_000) + Repeated("</div>", 100_000))));
        yield return ("/nested-tables", HostileAnswer.Whole("text/html", () => Text(Repeated("<table><tr><td>", 20_000))));
        yield return ("/long-attribute", HostileAnswer.Whole("text/html", () => Text($"<img src=\"/{new string('a', 2_000_000)}\">")));
        yield return ("/charset", HostileAnswer.Whole("text/html; charset=utf-8", () => [.. "<meta charset=\"iso-8859-2\"><p>Za"u8, 0xBF, 0xF3, 0xB3, 0xE6, 0, 0xFF, 0xFE, .. "</p><img src=\"/good.png\">"u8]));
        yield return ("/charset-unknown", HostileAnswer.Whole("text/html; charset=klingon", () => Text("<p>?</p><img src=\"/good.png\">")));
        yield return ("/utf16", HostileAnswer.Whole("text/html", () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<p>Żółć</p><img src=\"/good.png\">")]));
        yield return ("/no-type", new HostileAnswer((stream, cancel) => stream.WriteAsync((byte[])[.. HostileAnswer.Head("200 OK", ""), .. "<p>typeless</p>"u8], cancel).AsTask()));
        yield return ("/script-page", Page("<script>location='http://127.0.0.1/'</script><meta http-equiv=\"refresh\" content=\"0;url=http://127.0.0.1/\"><iframe src=\"http://127.0.0.1/\"></iframe>"));
    }

    private const string Svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"90\" height=\"60\"><script>document.title='ran'</script>"
        + "<image xlink:href=\"file:///etc/passwd\" width=\"9\" height=\"9\"/><circle cx=\"45\" cy=\"30\" r=\"20\"/></svg>";

    private const string Pdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
        + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 60]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

    private static HostileAnswer Page(string body) => HostileAnswer.Whole("text/html; charset=utf-8", () => Text(NamedSites.Html("en", "A page", body)));

    private static string Repeated(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
