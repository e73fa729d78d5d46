using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Egida.Platform.Fetching;

namespace Egida.Tests.Platform.Fetching;

/// <summary>What a server can do to a transfer, and that it ends within its caps with what came and a mark.</summary>
public sealed class HostileTransferTests(OutsideWorld outside) : IClassFixture<OutsideWorld>
{
    private const int Cap = 1 << 20;

    [Theory]
    [InlineData("/endless")]
    [InlineData("/endless.jpg")]
    public async Task An_endless_body_is_kept_up_to_the_cap(string path)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example{path}");

        Assert.Equal(["truncated:size"], transfer.Marks);
        Assert.Equal(Cap, body.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), transfer.Sha256);
    }

    [Theory]
    [InlineData("/drip")]
    [InlineData("/endless-chunks")]
    public async Task A_slow_drip_is_cut_off_when_it_falls_behind_the_least_rate(string path)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example{path}", new FetchLimits
        {
            Headers = TimeSpan.FromSeconds(60),
            Grace = TimeSpan.FromSeconds(1),
            MinBytesPerSecond = 100_000,
        });

        Assert.Equal(["truncated:slow"], transfer.Marks);
        Assert.NotEmpty(body);
    }

    [Fact]
    public async Task A_body_that_is_fast_enough_still_ends_at_the_deadline()
    {
        var (transfer, body) = await outside.Get("http://hostile.example/drip", new FetchLimits
        {
            Headers = TimeSpan.FromSeconds(60),
            Transfer = TimeSpan.FromSeconds(1),
            Grace = TimeSpan.FromSeconds(60),
        });

        Assert.Equal(["truncated:time"], transfer.Marks);
        Assert.NotEmpty(body);
    }

    [Theory]
    [InlineData("/gzip-bomb")]
    [InlineData("/br-bomb")]
    public async Task A_bomb_is_stopped_by_its_ratio_and_never_unfolds(string path)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example{path}", OutsideWorld.Patient, cap: 200 << 20);

        Assert.Equal(["truncated:ratio"], transfer.Marks);
        Assert.InRange(body.Length, 1, 64 << 20);
        Assert.True(body.Length / 200 <= transfer.WireBytes + 1024);
    }

    [Fact]
    public async Task A_bomb_within_its_ratio_is_stopped_by_its_expanded_size()
    {
        var (transfer, body) = await outside.Get("http://hostile.example/gzip-bomb", new FetchLimits { Ratio = 100_000 });

        Assert.Equal(["truncated:size"], transfer.Marks);
        Assert.Equal(Cap, body.Length);
    }

    [Theory]
    [InlineData("/gzip-twice", "encoding:nested")]
    [InlineData("/gzip-broken", "broken-encoding")]
    [InlineData("/too-short", "wrong-length")]
    [InlineData("/huge-length", "wrong-length")]
    [InlineData("/reset", "wrong-length")]
    [InlineData("/status/404", "status:404")]
    public async Task What_is_wrong_with_a_transfer_is_marked(string path, string mark)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example{path}");

        Assert.Null(transfer.Failure);
        Assert.Contains(mark, transfer.Marks);
        Assert.Equal(transfer.Bytes, body.Length);
    }

    [Fact]
    public async Task A_body_beyond_its_declared_length_is_taken_as_declared()
    {
        var (transfer, body) = await outside.Get("http://hostile.example/too-long");

        Assert.Equal("<p>far mor", Encoding.UTF8.GetString(body));
        Assert.Equal(10, transfer.Bytes);
    }

    [Theory]
    [InlineData("/endless-headers", "headers-too-large")]
    [InlineData("/endless-header", "headers-too-large")]
    [InlineData("/close", "connection-lost")]
    [InlineData("/not-http", "broken-answer")]
    public async Task A_server_that_never_gets_to_its_body_is_given_up(string path, string failure)
    {
        var (transfer, body) = await outside.Get($"http://hostile.example{path}");

        Assert.Equal(failure, transfer.Failure);
        Assert.Empty(body);
    }

    [Theory]
    [InlineData("/drip-headers")]
    [InlineData("/endless-interim")]
    [InlineData("/silent")]
    public async Task Headers_that_never_end_are_given_up_in_time(string path)
    {
        var (transfer, _) = await outside.Get($"http://hostile.example{path}", OutsideWorld.Short);

        Assert.Equal("headers-timeout", transfer.Failure);
    }

    [Fact]
    public async Task Everything_hostile_ends_and_harms_nobody()
    {
        foreach (var path in outside.World.Hostile.Paths.Where(p => !p.StartsWith("/hops/", StringComparison.Ordinal)))
        {
            var (transfer, body) = await outside.Get($"http://hostile.example{path}", OutsideWorld.Short);
            Assert.True(body.Length <= Cap);
            Assert.True(transfer.Failure is null ^ transfer.Head is null);
        }

        Assert.Equal(0, outside.World.Canary.Connections);
        Assert.True(outside.ExitWasAskedOnlyForPublic);
    }

    [Theory]
    [InlineData("expired", "tls:expired")]
    [InlineData("selfsigned", "tls:untrusted")]
    [InlineData("wrongname", "tls:name")]
    public async Task An_invalid_certificate_is_a_fact_and_no_obstacle(string host, string mark)
    {
        var (transfer, body) = await outside.Get($"https://{host}.example/", OutsideWorld.Patient);

        Assert.Contains(mark, transfer.Marks);
        Assert.NotEmpty(body);
        Assert.Equal(64, transfer.Hops[0].Tls!.Chain[0].Length);
    }

    [Theory]
    [InlineData("deflate", true)]
    [InlineData("deflate", false)]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("zstd", false)]
    public async Task Honest_compression_is_undone_and_what_we_can_not_undo_is_kept_as_it_came(string encoding, bool zlib)
    {
        var text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"<p>{i}</p>"));
        var wire = Pack(encoding, zlib, Encoding.UTF8.GetBytes(text));
        using var server = Serve(wire, $"Content-Encoding: {encoding}\r\n");
        var transfer = new MemoryStream();
        var limits = OutsideWorld.Patient;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{server.LocalEndpoint}/");
        using var response = await invoker.SendAsync(request, CancellationToken.None);

        var body = await BodyTransfer.Copy(response, transfer, Cap, limits, TimeProvider.System, CancellationToken.None);

        Assert.Equal(encoding == "zstd" ? ["encoding:zstd"] : Array.Empty<string>(), body.Marks);
        Assert.Equal(encoding == "zstd" ? wire : Encoding.UTF8.GetBytes(text), transfer.ToArray());
        Assert.Equal(wire.Length, body.WireBytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(wire)), body.WireSha256);
    }

    private static byte[] Pack(string encoding, bool zlib, byte[] content)
    {
        var packed = new MemoryStream();
        using (Stream coder = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" when zlib => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BufferedStream(new Through(packed)),
        })
        {
            coder.Write(content);
        }

        return packed.ToArray();
    }

    private static TcpListener Serve(byte[] body, string headers)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{headers}Connection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        });
        return listener;
    }

    private sealed class Through(MemoryStream target) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => target.Write(buffer);
    }
}
