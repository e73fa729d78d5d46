using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Egida.Tests.Simulators;

public sealed class EgressAndSitesTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    [Theory]
    [InlineData("127.0.0.1", 80)]
    [InlineData("10.1.2.3", 80)]
    [InlineData("169.254.169.254", 80)]
    [InlineData("::1", 80)]
    [InlineData("192.0.2.250", 80)]
    [InlineData("192.0.2.10", 22)]
    public async Task The_exit_leads_nowhere_but_to_the_worlds_sites_and_keeps_what_was_asked(string address, int port)
    {
        Assert.Null(await OutsideClient.Connect(fixture.World, IPAddress.Parse(address), port));
        Assert.Contains(fixture.World.Egress.Connects, connect => connect.Address == address && connect.Port == port && connect.Reply == 4);
        Assert.Equal(0, fixture.World.Canary.Connections);
    }

    [Theory]
    [InlineData("http", "192.0.2.10")]
    [InlineData("https", "192.0.2.10")]
    [InlineData("http", "2001:db8:1::10")]
    public async Task The_walks_page_and_its_known_picture_are_served(string scheme, string address)
    {
        using var client = OutsideClient.Through(fixture.World, address);
        var page = await client.GetStringAsync($"{scheme}://galeria.example/albumy/lato?id=7");
        Assert.Equal(3, page.Split("<img ").Length - 1);
        var picture = await client.GetByteArrayAsync($"{scheme}://galeria.example/media/known-exact.png");
        Assert.Contains(fixture.World.Known.Items, known => known.Sha256 == Convert.ToHexStringLower(SHA256.HashData(picture)));
    }

    [Fact]
    public async Task A_removed_page_takes_its_pictures_with_it()
    {
        using var client = OutsideClient.Through(fixture.World, "192.0.2.20");
        Assert.True(fixture.World.Sites.Remove("http://forum.example/watek/15"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("http://forum.example/watek/15")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("http://forum.example/zal/15-1.png")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("http://forum.example/watek/16")).StatusCode);
        Assert.False(fixture.World.Sites.Remove("http://forum.example/nothing"));
    }

    [Theory]
    [InlineData("expired.example")]
    [InlineData("selfsigned.example")]
    [InlineData("wrongname.example")]
    public async Task A_bad_certificate_is_really_bad(string host)
    {
        using var client = OutsideClient.Through(fixture.World, "192.0.2.66");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"https://{host}/"));
        Assert.Contains("/gzip-bomb", await client.GetStringAsync("https://hostile.example/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenSSL_verifies_the_worlds_certificates()
    {
        var world = fixture.World;
        var seen = await OutsideClient.Run(
            "openssl", "s_client", "-connect", $"localhost:{world.Rdap.BootstrapUrl.Port}", "-verify_hostname", "localhost", "-CAfile", world.Authority.CertificateFile, "-brief");
        Assert.Contains("Verification: OK", seen, StringComparison.Ordinal);
        Assert.Contains("Verified peername: localhost", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_answer_lies_about_its_length_and_breaks_off()
    {
        using var client = OutsideClient.Through(fixture.World, "192.0.2.66");
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetByteArrayAsync("http://hostile.example/too-short"));
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetByteArrayAsync("http://hostile.example/reset"));
        Assert.Equal(10, (await client.GetByteArrayAsync("http://hostile.example/too-long")).Length);
        Assert.Equal("http://127.0.0.1/", (await client.GetAsync("http://hostile.example/to/loopback")).Headers.Location?.ToString());
        var bomb = await client.GetByteArrayAsync("http://hostile.example/gzip-bomb");
        Assert.InRange(bomb.Length, 1, 400_000);
        Assert.Equal("PNG", Encoding.ASCII.GetString(await client.GetByteArrayAsync("http://hostile.example/flood.png"), 1, 3));
    }
}
