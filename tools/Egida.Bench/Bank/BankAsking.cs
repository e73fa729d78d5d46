using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Egida.Bench.Bank;

/// <summary>A partner that asks as fast as it gets answers: half of what it asks is known. Each answer is counted.</summary>
internal sealed class BankAsking(BankServer server, int records)
{
    private const int Together = 1000;
    private const int Connections = 4;

    /// <summary>Of a partner that asks for each file as it comes.</summary>
    private const int ConnectionsOfSingles = 16;
    private const int Radius = 31;
    private const int Bits = 10;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(10);

    private readonly Random _random = new(7);

    public static string Sha1(int item) => $$"""{"kind":"sha1","value":"{{Convert.ToHexStringLower(BankItems.Sha1(item))}}"}""";

    public static HttpContent Content(IEnumerable<string> hashes)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"purpose":"upload-check","hashes":[{{string.Join(',', hashes)}}]}"""));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>How many of the hashes matched.</summary>
    public static int Matches(ReadOnlySpan<byte> answer) => answer.Count("\"matches\":[{"u8);

    public Task<double> Near(CancellationToken cancellation) => Ask("near", Together, Look, cancellation);

    public Task<double> Exact(CancellationToken cancellation) => Ask("exact", Together, Sha1, cancellation);

    public Task<double> SingleNear(CancellationToken cancellation) => Ask("near, one at a time", 1, Look, cancellation);

    public Task<double> SingleExact(CancellationToken cancellation) => Ask("exact, one at a time", 1, Sha1, cancellation);

    /// <summary>The picture, re-encoded: ten bits are others.</summary>
    private string Look(int item)
    {
        var code = BankItems.Pdq(item);
        foreach (var bit in _random.GetItems(Enumerable.Range(0, 256).ToArray(), Bits).Distinct()) code[bit / 8] ^= (byte)(1 << bit % 8);
        return $$"""{"kind":"pdq","value":"{{Convert.ToHexStringLower(code)}}","radius":{{Radius}}}""";
    }

    private async Task<double> Ask(string what, int together, Func<int, string> hash, CancellationToken cancellation)
    {
        Report.Step($"asking: {what}");
        // The same questions are never asked twice in a row; making them isn't measured.
        var bodies = Enumerable.Range(0, together == 1 ? 2000 : 60).Select(_ => Encoding.UTF8.GetBytes($$"""{"purpose":"upload-check","hashes":[{{string.Join(',', Items(together).Select(hash))}}]}""")).ToArray();
        await Once(bodies, 0, together, cancellation);
        var (next, asked, begin) = (0, 0L, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, together == 1 ? ConnectionsOfSingles : Connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begin) < s_time)
            {
                await Once(bodies, Interlocked.Increment(ref next), together, cancellation);
                Interlocked.Add(ref asked, together);
            }
        }, cancellation)));
        return asked / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private async Task Once(byte[][] bodies, int number, int together, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(bodies[number % bodies.Length]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await server.Partner.PostAsync("api/v1/match", content, cancellation);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellation);
        // Single questions are known or not in turn.
        var expected = together == 1 ? number % bodies.Length % 2 == 0 ? 1 : 0 : together / 2;
        if (Matches(body) != expected) throw new InvalidOperationException($"Of {together} hashes {Matches(body)} matched and not {expected}.");
    }

    private int _items;

    /// <summary>Every second one is on record.</summary>
    private IEnumerable<int> Items(int count)
    {
        for (var i = 0; i < count; i++) yield return _items++ % 2 == 0 ? _random.Next(records) : records + _random.Next(int.MaxValue / 2 - records);
    }
}
