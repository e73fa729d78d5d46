using System.IO.Compression;
using System.Text;

namespace Egida.Simulators;

/// <summary>Answers that are wrong as transfers: without end, too slow, swelling, lying about their length.</summary>
internal static class HostileTransfers
{
    private const string Ok = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

    private static readonly byte[] Noise = MakeNoise();

    public static IEnumerable<(string Path, HostileAnswer Answer)> All()
    {
        yield return ("/endless", HostileAnswer.Endless(Ok + "Content-Type: text/html\r\n\r\n<!doctype html>", Noise, TimeSpan.Zero));
        yield return ("/endless.jpg", HostileAnswer.Endless(Ok + "Content-Type: image/jpeg\r\n\r\n", Noise, TimeSpan.Zero));
        yield return ("/drip", HostileAnswer.Endless(Ok + "Content-Type: text/html\r\n\r\n<", "p"u8.ToArray(), TimeSpan.FromMilliseconds(300)));
        yield return ("/drip-headers", HostileAnswer.Endless(Ok + "X-Slow: ", "y"u8.ToArray(), TimeSpan.FromMilliseconds(300)));
        yield return ("/endless-headers", HostileAnswer.Endless(Ok, Encoding.ASCII.GetBytes($"X-More: {new string('h', 4000)}\r\n"), TimeSpan.Zero));
        yield return ("/endless-header", HostileAnswer.Endless(Ok + "X-More: ", Encoding.ASCII.GetBytes(new string('h', 4096)), TimeSpan.Zero));
        yield return ("/endless-interim", HostileAnswer.Endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(2)));
        yield return ("/endless-chunks", HostileAnswer.Endless(Ok + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"u8.ToArray(), TimeSpan.FromMilliseconds(1)));
        yield return ("/silent", new HostileAnswer((_, cancel) => Task.Delay(Timeout.Infinite, cancel)));
        yield return ("/gzip-bomb", Encoded("gzip", () => Compress(200, target => new GZipStream(target, CompressionLevel.Optimal))));
        yield return ("/gzip-twice", Encoded("gzip, gzip", () => Again(Compress(200, target => new GZipStream(target, CompressionLevel.Optimal)))));
        yield return ("/br-bomb", Encoded("br", () => Compress(200, target => new BrotliStream(target, CompressionLevel.Fastest))));
        yield return ("/gzip-broken", Encoded("gzip", () => "this isn't gzip"u8.ToArray()));
        yield return ("/too-short", Raw(Ok + "Content-Type: text/html\r\nContent-Length: 100000\r\n\r\n<p>less than promised</p>"));
        yield return ("/too-long", Raw(Ok + "Content-Type: text/html\r\nContent-Length: 10\r\n\r\n<p>far more than promised</p>"));
        yield return ("/huge-length", Raw(Ok + "Content-Type: image/png\r\nContent-Length: 9223372036854775807\r\n\r\nx"));
        yield return ("/two-lengths", Raw(Ok + "Content-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi"));
        yield return ("/reset", Raw(Ok + "Content-Type: image/png\r\nContent-Length: 50000\r\n\r\nhalf") with { Resets = true });
        yield return ("/close", Raw(""));
        yield return ("/not-http", Raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        foreach (var (status, phrase, more) in new[]
                 {
                     (204, "No Content", ""), (401, "Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n"), (403, "Forbidden", ""),
                     (404, "Not Found", ""), (410, "Gone", ""), (429, "Too Many Requests", "Retry-After: 3600\r\n"), (451, "Unavailable For Legal Reasons", ""),
                     (500, "Internal Server Error", ""), (503, "Service Unavailable", "Retry-After: 2\r\n"),
                 })
        {
            yield return ($"/status/{status}", HostileAnswer.Status(status, phrase, more));
        }
    }

    private static HostileAnswer Encoded(string coding, Func<byte[]> make) =>
        HostileAnswer.Whole("text/html; charset=utf-8", make, $"Content-Encoding: {coding}\r\n");

    private static HostileAnswer Raw(string wire) => new(async (stream, cancel) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(wire), cancel);
        await stream.FlushAsync(cancel);
        await Task.Delay(50, cancel);
    });

    private static byte[] Compress(int megabytes, Func<Stream, Stream> coder)
    {
        var small = new MemoryStream();
        using (var large = coder(small))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < megabytes; i++)
                large.Write(block);
        }

        return small.ToArray();
    }

    private static byte[] Again(byte[] once)
    {
        var twice = new MemoryStream();
        using (var gzip = new GZipStream(twice, CompressionLevel.Optimal))
            gzip.Write(once);
        return twice.ToArray();
    }

    private static byte[] MakeNoise()
    {
        var noise = new byte[32_768];
        new Random(66).NextBytes(noise);
        return noise;
    }
}
