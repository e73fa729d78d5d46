using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Egida.Match.Tests.Scans;
using Egida.Match.Tool;
using Egida.Match.Tool.Lookups;
using Egida.Match.Tool.Reports;
using Egida.Match.Tool.Servers;
using Egida.Match.Tool.Verbs;

namespace Egida.Match.Tests.Servers;

public sealed class OnlineScanTests : IDisposable
{
    private readonly Scanned _scanned = new();

    public void Dispose() => _scanned.Dispose();

    [Fact]
    public async Task Files_are_looked_up_in_batches_and_a_server_that_says_later_is_asked_again()
    {
        await using var server = await FakeServer.Start();
        for (var i = 0; i < 400; i++) _scanned.Put($"{i:D3}", $"file {i}");
        server.Known[Sha256("file 7")] = 17;
        server.Known[Md5("file 399")] = 18;
        foreach (var status in (int[])[429, 503, 500, 429]) server.Failing.Enqueue(status);

        var (code, lines) = await Scan(server);

        Assert.Equal(ExitCodes.Known, code);
        Assert.Equal(400, lines.Count);
        Assert.Equal(("known", 17L), (lines["007"].Status(), lines["007"].Record()));
        Assert.Equal(("known", 18L), (lines["399"].Status(), lines["399"].Record()));
        Assert.Equal(2, lines.Values.Count(line => line.Status() == "known"));
        Assert.Equal(4 + 3 * 400, server.Batches.Sum());
        Assert.All(server.Batches, batch => Assert.InRange(batch, 1, ServerLookups.MostTogether));
    }

    [Fact]
    public async Task A_picture_is_asked_for_in_all_its_turns()
    {
        await using var server = await FakeServer.Start();
        var picture = Picture.Landscape(1);
        _scanned.Put("picture.png", picture.Png());
        server.Known[picture.Pdq.Hash.ToString()] = 5;

        var (_, lines) = await Scan(server, decodes: true);

        Assert.Equal(("near", 5L), (lines["picture.png"].Status(), lines["picture.png"].Record()));
    }

    [Fact]
    public async Task An_interrupted_scan_goes_on_and_the_report_comes_out_the_same()
    {
        await using var server = await FakeServer.Start();
        for (var i = 0; i < 120; i++) _scanned.Put($"{i:D3}", $"file {i}");
        server.Known[Sha256("file 7")] = 17;
        await Scan(server);
        var whole = await File.ReadAllTextAsync(_scanned["report-0.json"]);

        var request = _scanned.Request(decodes: false, state: _scanned["state"]);
        for (var stops = 0; stops < 50; stops++)
        {
            using var stop = new CancellationTokenSource();
            try
            {
                await Run(server, request, line => { if (line.Files % 31 == 30) stop.Cancel(); }, stop.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                // Again.
            }
        }

        Assert.Equal(whole, await File.ReadAllTextAsync(request.Report!));
    }

    [Fact]
    public async Task What_the_hotline_doesnt_allow_is_said_before_anything_is_scanned()
    {
        await using var server = await FakeServer.Start();
        _scanned.Put("a", "a");
        server.NotAllowed.UnionWith(["md5", "sha1"]);
        var (_, lines) = await Scan(server);
        Assert.Equal("unknown", lines["a"].Status());
        Assert.Equal([4, 1], server.Batches);

        server.NotAllowed.UnionWith(["sha256", "pdq"]);
        Assert.Contains("looks up nothing", (await Assert.ThrowsAsync<UsageException>(() => Scan(server))).Message, StringComparison.Ordinal);
        server.NotAllowed.Clear();
        Assert.Contains("--radius 40", (await Assert.ThrowsAsync<UsageException>(() => Scan(server, radius: 40))).Message, StringComparison.Ordinal);
        Assert.Contains("may not ask for this purpose", (await Assert.ThrowsAsync<UsageException>(() => Scan(server, purpose: "curiosity"))).Message, StringComparison.Ordinal);
    }

    private async Task<(int Code, IReadOnlyDictionary<string, JsonElement> Lines)> Scan(FakeServer server, bool decodes = false, int radius = 31, string purpose = "upload-check")
    {
        var request = _scanned.Request(decodes) with { Radius = radius };
        var code = await Run(server, request, null, CancellationToken.None, purpose);
        return (code, File.ReadLines(request.Report!).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("path").GetString()![(_scanned.Root.Length + 1)..]));
    }

    private static async Task<int> Run(FakeServer server, ScanRequest request, Action<Tally>? afterLine, CancellationToken cancel, string purpose = "upload-check")
    {
        using var client = new HotlineServer(server.Access, TimeProvider.System);
        await using var lookups = await ServerLookups.Open(client, purpose, request.Radius, CancellationToken.None);
        return await new ScanRun(request, lookups, TimeProvider.System) { AfterLine = afterLine }.Run(TextWriter.Null, TextWriter.Null, isTerminal: false, cancel);
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(text)));
}
