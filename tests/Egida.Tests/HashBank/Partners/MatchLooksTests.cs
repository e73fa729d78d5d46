using Egida.HashBank;
using Egida.Tests.Harness;
using static Egida.Tests.HashBank.Partners.PartnerClient;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Partners;

/// <summary>PhotoDNA by distance where a licensee has set one, and videos by their frames.</summary>
public sealed class MatchLooksTests
{
    [Theory, OnBothDatabases]
    public async Task PhotoDNA_is_found_by_distance_only_where_a_threshold_is_set(DatabaseKind database)
    {
        var (value, near) = (Vector(0), Vector(3));
        foreach (var threshold in new[] { 0, 10 })
        {
            await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:PhotoDna:Threshold"] = $"{threshold}" });
            await host.Known(1, [(HashKind.PhotoDna, value, null)]);
            using var partner = await host.Partner(Provider with { Kinds = ["PhotoDna"] });

            using var answer = await partner.Ask(Hash("photodna", value), Hash("photodna", near), Opaque(near, 9), Opaque(near, 2), Opaque(near, 11));
            Assert.Equal(threshold == 0 ? ["looks 0", "", "radius", "radius", "radius"] : ["looks 0", "", "looks 3", "", "radius"], Said(answer));
            if (threshold == 0) continue;

            // Records that come later, and one that was withdrawn.
            var later = await host.Known(2, [(HashKind.PhotoDna, Vector(5), null)]);
            using var both = await partner.Ask(Opaque(near, 3));
            Assert.Equal(["looks 2, looks 3"], Said(both));
            await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(later, Bank.Person(3), "a mistake", CancellationToken.None));
            using var one = await partner.Ask(Opaque(near, 3));
            Assert.Equal(["looks 3"], Said(one));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_video_is_found_by_its_frames_as_a_copy_or_a_clip(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1, [.. Enumerable.Range(0, 20).Select(second => (HashKind.Frame, Bank.Look(100 + second).ToString(), (int?)90))]);
        await host.Record(2, [.. Enumerable.Range(0, 20).Select(second => (HashKind.Frame, Bank.Look(300 + second).ToString(), (int?)90))]);
        using var partner = await host.Partner(Provider with { Kinds = ["Video"] });

        using var answer = await partner.Ask(
            Video(Enumerable.Range(0, 20).Select(i => Bank.Near(100 + i, 20))), Video(Enumerable.Range(5, 6).Select(i => Bank.Look(100 + i))),
            Video(Enumerable.Range(0, 20).Select(i => Bank.Look(500 + i))), Video(Enumerable.Range(0, 20).Select(i => Bank.Look(300 + i))),
            new { kind = "video", frames = Array.Empty<object>() }, Video([default]), new { kind = "video", value = "00" }, Hash("md5", new string('a', 32)));

        Assert.Equal(["looks 0", "looks 0", "", "", "frames", "low-quality", "frames", "not-allowed"], Said(answer));
        var match = answer.RootElement.GetProperty("answers")[1].GetProperty("matches")[0];
        Assert.Equal((record.Value, "video"), (match.GetProperty("record").GetInt32(), match.GetProperty("kind").GetString()));
        Assert.Contains("query-in-known", match.GetProperty("video").GetProperty("evidence").EnumerateArray().Select(e => e.GetString()));
        Assert.InRange(match.GetProperty("video").GetProperty("knownShare").GetDouble(), 0.29, 0.31);
    }

    private static object Opaque(string value, int radius) => new { kind = "photodna", value, radius };

    private static object Video(IEnumerable<Egida.HashSearch.Hash256> frames) =>
        new { kind = "video", frames = frames.Select((f, i) => new { value = f.ToString(), quality = 90, at = (double)i }).ToArray() };

    /// <summary>144 bytes of which one says which it is: no picture ever had them.</summary>
    private static string Vector(byte last) => Convert.ToHexStringLower([.. Enumerable.Range(0, 143).Select(i => (byte)(i * 7)), last]);
}
