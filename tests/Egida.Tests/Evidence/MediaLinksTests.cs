using Egida.Evidence.Capture;

namespace Egida.Tests.Evidence;

public sealed class MediaLinksTests
{
    private static readonly Uri Page = new("http://site.example/a/b?c=1");

    [Theory]
    [InlineData("<img src='x.png'>", "http://site.example/a/x.png")]
    [InlineData("<IMG SRC=/x.png>", "http://site.example/x.png")]
    [InlineData("<img src='//cdn.example/x.png'>", "http://cdn.example/x.png")]
    [InlineData("<img src=' x.png#top '>", "http://site.example/a/x.png")]
    [InlineData("<img data-src='x.png'>", "http://site.example/a/x.png")]
    [InlineData("<img srcset='s.png 1x, l.png 2x'>", "http://site.example/a/s.png http://site.example/a/l.png")]
    [InlineData("<picture><source srcset='w.webp 640w, v.webp'></picture>", "http://site.example/a/w.webp http://site.example/a/v.webp")]
    [InlineData("<video src=v.mp4 poster=p.jpg>", "http://site.example/a/v.mp4 http://site.example/a/p.jpg")]
    [InlineData("<video><source src='v.webm'></video>", "http://site.example/a/v.webm")]
    [InlineData("<a href='big.jpg'><img src='small.jpg'></a>", "http://site.example/a/big.jpg http://site.example/a/small.jpg")]
    [InlineData("<a href='http://other.example/big.jpg'>", "")]
    [InlineData("<a href='http://img.site.example/big.jpg'>", "http://img.site.example/big.jpg")]
    [InlineData("<a href='/page'>", "")]
    [InlineData("<meta property='og:image' content='/og.jpg'>", "http://site.example/og.jpg")]
    [InlineData("<link rel='image_src' href='/i.jpg'>", "http://site.example/i.jpg")]
    [InlineData("<div style=\"background: url('bg.png')\">", "http://site.example/a/bg.png")]
    [InlineData("<svg><image xlink:href='i.png'/></svg>", "http://site.example/a/i.png")]
    [InlineData("<base href='http://cdn.example/z/'><img src='x.png'>", "http://cdn.example/z/x.png")]
    [InlineData("<base href='/one/'><base href='/two/'><img src='x.png'>", "http://site.example/one/x.png")]
    [InlineData("<img src='x.png'><img src='./x.png'><img src='http://site.example/a/x.png'>", "http://site.example/a/x.png")]
    [InlineData("<img src='file:///etc/passwd'><img src='javascript:1'><img src='http://[broken'>", "")]
    [InlineData("<script>'<img src=no.png>'</script><textarea><img src=no.png></textarea><!-- <img src=no.png> -->", "")]
    [InlineData("<img src='a&amp;b.png'>", "http://site.example/a/a&b.png")]
    [InlineData("", "")]
    public void What_a_page_shows_is_found(string html, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', MediaLinks.Find(html, Page, 100).Select(l => l.Address!.AbsoluteUri)));

    [Fact]
    public void A_picture_inside_the_page_is_taken_out()
    {
        var link = Assert.Single(MediaLinks.Find("<img src='data:image/png;base64,iVBORw0KGgo='>", Page, 100));

        Assert.Null(link.Address);
        Assert.Equal("image/png", link.InlineType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], link.Inline!);
    }

    [Theory]
    [InlineData("data:text/html;base64,PHA+")]
    [InlineData("data:image/png,notbase64")]
    [InlineData("data:image/png;base64,***")]
    [InlineData("data:")]
    public void What_only_looks_like_a_picture_inside_the_page_is_left(string address) =>
        Assert.Empty(MediaLinks.Find($"<img src='{address}'>", Page, 100));

    [Fact]
    public void No_more_than_one_beyond_the_limit_is_looked_for() =>
        Assert.Equal(11, MediaLinks.Find(string.Concat(Enumerable.Range(0, 500).Select(i => $"<img src={i}.png>")), Page, 10).Count);

    [Fact]
    public void A_page_nested_without_end_costs_no_stack()
    {
        var html = string.Concat(Enumerable.Repeat("<div><table><tr><td><b>", 200_000)) + "<img src=x.png>";

        Assert.Single(MediaLinks.Find(html, Page, 100));
    }
}
