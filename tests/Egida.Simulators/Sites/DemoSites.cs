namespace Egida.Simulators;

/// <summary>One generated page and what a demo needs to know to report it and to foretell the outcome.</summary>
public sealed record DemoPage(string Url, string? Country, IReadOnlyList<DemoPicture> Pictures);

public sealed record DemoPicture(string Url, int Seed, bool Known);

/// <summary>site-001.example …: five pages each, one to four generated pictures a page, spread over the networks.</summary>
internal static class DemoSites
{
    private const int PagesPerSite = 5;

    public static IReadOnlyList<DemoPage> AddTo(SiteBoard board, int count)
    {
        var pages = new List<DemoPage>();
        for (var number = 1; number <= count; number++)
        {
            var (network, address) = Place(number);
            var site = new Site($"site-{number:000}.example", address);
            for (var page = 1; page <= PagesPerSite; page++)
                pages.Add(AddPage(site, network, number, page));
            site.Page("/", NamedSites.Html("en", site.Host, string.Concat(Enumerable.Range(1, PagesPerSite).Select(page => $"<a href=\"/p/{page}\">{page}</a> "))));
            board.Add(site);
        }

        return pages;
    }

    /// <summary>Four in ten in Poland (one of them IPv6 only), four in the Netherlands, one without a hotline, one nowhere.</summary>
    private static (HostingNetwork Network, string Address) Place(int number) => (number % 10) switch
    {
        0 or 1 or 2 => (WorldNetworks.Poland, $"192.0.2.{100 + number}"),
        3 => (WorldNetworks.PolandV6, $"2001:db8:1::{100 + number:x}"),
        4 or 5 or 6 or 7 => (WorldNetworks.Netherlands, $"198.51.100.{100 + number}"),
        8 => (WorldNetworks.NoHotline, $"203.0.113.{20 + number}"),
        _ => (WorldNetworks.Unknown, $"203.0.113.{140 + number}"),
    };

    private static DemoPage AddPage(Site site, HostingNetwork network, int number, int page)
    {
        var pictures = new List<DemoPicture>();
        for (var picture = 1; picture <= 1 + ((number + (page * 3)) % 4); picture++)
        {
            var path = $"/m/{page}-{picture}.png";
            var seed = 1000 + (number * 40) + (page * 4) + picture;
            site.With(path, Resource.Picture(seed));
            pictures.Add(new DemoPicture($"http://{site.Host}{path}", seed, Known: picture == 1 && page == 1 && number % 3 == 0));
        }

        var paths = pictures.Select(picture => new Uri(picture.Url).AbsolutePath).ToArray();
        var body = string.Concat(paths.Select(path => $"<p><img src=\"{path}\" alt=\"\"></p>\n"));
        site.Page($"/p/{page}", NamedSites.Html("en", $"Page {page}", body), paths);
        return new DemoPage($"http://{site.Host}/p/{page}", network.Country, pictures);
    }
}
