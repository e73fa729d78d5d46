using System.Formats.Tar;
using System.IO.Compression;
using Egida.Match.Tool;

namespace Egida.Match.Tests.Scans;

public sealed class ResumeTests : IDisposable
{
    private readonly Scanned _scanned = new();

    public void Dispose() => _scanned.Dispose();

    [Theory]
    [InlineData(".csv"), InlineData(".json"), InlineData(".vics.json")]
    public async Task However_often_it_is_interrupted_the_report_comes_out_the_same(string ending)
    {
        Fill();
        var whole = _scanned.Request(decodes: false, ending);
        Assert.Equal(ExitCodes.Known, await _scanned.Run(whole));
        var expected = await File.ReadAllTextAsync(whole.Report!);

        var random = new Random(5);
        for (var round = 0; round < 8; round++)
        {
            var request = _scanned.Request(decodes: false, ending, state: _scanned[$"state-{round}{ending}"]);
            var (code, interruptions) = (ExitCodes.Interrupted, 0);
            while (code == ExitCodes.Interrupted)
            {
                // By a signal, which saves; or all of a sudden, which doesn't.
                var (left, suddenly) = (random.Next(1, 40), random.Next(2) == 0);
                using var interrupt = new CancellationTokenSource();
                try
                {
                    code = await _scanned.Run(request, _ =>
                    {
                        if (--left != 0) return;
                        interruptions++;
                        if (suddenly && interruptions < 20) throw new TimeoutException();
                        interrupt.Cancel();
                    }, interrupt.Token);
                }
                catch (Exception e) when (e is OperationCanceledException or TimeoutException)
                {
                    code = ExitCodes.Interrupted;
                }
            }
            Assert.InRange(interruptions, 1, 1000);
            Assert.Equal(expected, await File.ReadAllTextAsync(request.Report!));
            // Once more: nothing is left to do.
            Assert.Equal(ExitCodes.Known, await _scanned.Run(request));
            Assert.Equal(expected, await File.ReadAllTextAsync(request.Report!));
        }
    }

    [Fact]
    public async Task A_state_of_another_scan_is_refused()
    {
        _scanned.Put("a", "a");
        var request = _scanned.Request(decodes: false, state: _scanned["state"]);
        await _scanned.Run(request);

        var other = await Assert.ThrowsAsync<InvalidDataException>(() => _scanned.Run(request with { Radius = 3 }));
        Assert.Contains("another scan", other.Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_scanned["state"], "{\"version\":1");
        await Assert.ThrowsAsync<InvalidDataException>(() => _scanned.Run(request));
    }

    [Fact]
    public async Task A_report_that_is_there_already_isnt_overwritten()
    {
        _scanned.Put("a", "a");
        var request = _scanned.Request(decodes: false);
        await File.WriteAllTextAsync(request.Report!, "somebody's");

        await Assert.ThrowsAsync<IOException>(() => _scanned.Run(request));
        Assert.Equal("somebody's", await File.ReadAllTextAsync(request.Report!));
    }

    private void Fill()
    {
        for (var i = 0; i < 60; i++) _scanned.Put($"{(char)('a' + i % 5)}/{i}", $"file {i}");
        _scanned.Put("picture.png", Picture.Landscape(1).Png());
        _scanned.Know(1, "file 7"u8.ToArray());
        _scanned.Know(2, "entry 9"u8.ToArray());
        using (var zip = ZipFile.Open(_scanned.Path("c/archive.zip"), ZipArchiveMode.Create))
        {
            for (var i = 0; i < 30; i++)
            {
                using var entry = zip.CreateEntry($"{i}.txt").Open();
                entry.Write(System.Text.Encoding.ASCII.GetBytes($"entry {i}"));
            }
        }
        using var tar = new TarWriter(new GZipStream(File.Create(_scanned.Path("d/archive.tar.gz")), CompressionLevel.Fastest));
        for (var i = 0; i < 20; i++)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{i}") { DataStream = new MemoryStream(System.Text.Encoding.ASCII.GetBytes($"entry {i}")) });
    }
}
