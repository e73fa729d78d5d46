namespace Egida.Simulators;

/// <summary>The sites that walks and tests call by name.</summary>
internal static class NamedSites
{
    /// <summary>Seeds of the walk's pictures. `known-near.jpg` was made from the second with an ordinary encoder.</summary>
    public const int ExactSeed = 5, NearSeed = 6, UnknownSeed = 9;

    public const string WalkPage = "http://galeria.example/albumy/lato?id=7";

    public static IEnumerable<Site> All()
    {
        yield return new Site("galeria.example", "192.0.2.10", "2001:db8:1::10")
            .Page("/albumy/lato?id=7", Walk, "/media/known-exact.png", "/media/known-near.jpg", "/media/unknown.png")
            .Page("/", Html("pl", "Galeria", "<p><a href=\"/albumy/lato?id=7\">Lato</a></p>"))
            .With("/media/known-exact.png", Resource.Picture(ExactSeed, 640, 480))
            .With("/media/known-near.jpg", Resource.Asset("image/jpeg", "known-near.jpg"))
            .With("/media/unknown.png", Resource.Picture(UnknownSeed, 640, 480));
        yield return new Site("voorbeeld.example", "198.51.100.10")
            .Page("/fotos/reis", Html("nl", "Reis", "<img src=\"/m/1.png\" alt=\"\"><img src=\"/m/2.png\" alt=\"\">"), "/m/1.png", "/m/2.png")
            .With("/m/1.png", Resource.Picture(201))
            .With("/m/2.png", Resource.Picture(202));
        yield return new Site("nowhere.example", "203.0.113.200")
            .Page("/strona", Html("pl", "Strona", "<img src=\"a.png\" alt=\"\">"), "/a.png")
            .With("/a.png", Resource.Picture(203));
        yield return new Site("polar.example", "203.0.113.10")
            .Page("/ice", Html("en", "Ice", "<img src=\"ice.png\" alt=\"\">"), "/ice.png")
            .With("/ice.png", Resource.Picture(204));
        yield return new Site("forum.example", "192.0.2.20")
            .Page("/watek/15", Html("pl", "Wątek 15", "<p>Pierwszy wpis.</p><img src=\"/zal/15-1.png\" alt=\"\"><p>Drugi wpis.</p>"), "/zal/15-1.png")
            .Page("/watek/16", Html("pl", "Wątek 16", "<p>Tu nie ma obrazów, tylko słowa.</p>"))
            .With("/zal/15-1.png", Resource.Picture(205));
    }

    public static string Html(string language, string title, string body) =>
        $"<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body><h1>{title}</h1>\n{body}\n</body></html>\n";

    // Each picture is addressed in another of the usual ways.
    private static string Walk => Html("pl", "Lato nad jeziorem",
        """
        <p>Album dodany w lipcu, trzy zdjęcia.</p>
        <p><img src="/media/known-exact.png" alt="Góry o świcie" width="640"></p>
        <p><img src="../media/known-near.jpg" alt="Wzgórza"></p>
        <p><img src="http://galeria.example/media/unknown.png" alt="Las"></p>
        <p><a href="/">Wszystkie albumy</a></p>
        """);
}
