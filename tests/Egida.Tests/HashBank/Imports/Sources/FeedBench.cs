using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Egida.HashBank.Imports.Sources;
using Egida.Platform.Secrets;
using Egida.Simulators;
using Egida.Tests.HashBank.Imports.Formats;
using Egida.Tests.Harness;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.HashBank.Imports.Sources;

/// <summary>A world of services that share hashes, and the settings to reach them.</summary>
internal sealed class FeedBench : IAsyncDisposable
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    private FeedBench(World world, string folder)
    {
        (World, Folder) = (world, folder);
        Settings = new Dictionary<string, string>
        {
            ["Tls:ExtraAuthorities"] = world.Authority.CertificateFile,
            ["Keys:Folder"] = folder,
        };
        File.WriteAllText(Path.Combine(folder, "ncmec"), $"{NcmecHashSharing.UserName}:{NcmecHashSharing.Password}\n");
        File.WriteAllText(Path.Combine(folder, "stopncii"), $"{StopNciiHashSharing.FunctionKey}\n{StopNciiHashSharing.SubscriptionKey}\n");
        File.WriteAllText(Path.Combine(folder, "threatexchange"), ThreatExchangeHashSharing.Token);
        File.WriteAllText(Path.Combine(folder, "arachnid"), $"{ArachnidShieldDesk.UserName}:{ArachnidShieldDesk.Password}");
    }

    public World World { get; }

    public string Folder { get; }

    public Dictionary<string, string> Settings { get; }

    public TestClock Clock { get; } = new();

    public FeedHttp Http => new(Configuration, new KeyFolder(Configuration));

    public IConfiguration Configuration => new ConfigurationBuilder().AddInMemoryCollection(Settings!).Build();

    public static async Task<FeedBench> Start()
    {
        var folder = Directory.CreateTempSubdirectory("egida-feeds-").FullName;
        return new FeedBench(await World.Start(new WorldOptions { StateFolder = Path.Combine(folder, "world"), DemoSites = 0 }), folder);
    }

    public static IHashFeed Feed(string kind, FeedBench bench) => kind switch
    {
        "ncmec" => new NcmecFeed(bench.Http, bench.Clock),
        "stopncii" => new StopNciiFeed(bench.Http),
        "arachnid" => new ArachnidFeed(bench.Http),
        _ => new ThreatExchangeFeed(bench.Http),
    };

    public FeedOptions Options(string kind) => new()
    {
        Kind = kind,
        BaseUrl = Desk(kind).Url.ToString(),
        Environment = "npo",
        Credentials = kind,
        Group = ThreatExchangeHashSharing.Group,
        Since = new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc),
        Pause = TimeSpan.FromMilliseconds(1),
        Timeout = TimeSpan.FromSeconds(20),
        MostBytes = 4 << 20,
    };

    public HashSharingDesk Desk(string kind) => kind switch
    {
        "ncmec" => World.HashSharing.Ncmec,
        "stopncii" => World.HashSharing.StopNcii,
        "arachnid" => World.HashSharing.Arachnid,
        _ => World.HashSharing.ThreatExchange,
    };

    /// <summary>So many items at the service, on five pages or so.</summary>
    public void Fill(string kind, int first, int count)
    {
        World.HashSharing.Ncmec.PageSize = World.HashSharing.StopNcii.PageSize = World.HashSharing.ThreatExchange.PageSize = Math.Max(1, count / 5);
        for (var i = first; i < first + count; i++)
        {
            var at = new DateTime(2026, 10, 2, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i);
            switch (kind)
            {
                case "ncmec":
                    World.HashSharing.Ncmec.Put("42", $"entry{i}", at, "A1", new Dictionary<string, string> { ["md5"] = Rows.Md5(i), ["sha1"] = Rows.Sha1(i) });
                    break;
                case "stopncii":
                    World.HashSharing.StopNcii.Put("ImagePDQ", Rows.Pdq(i), "Active", (long)(at - Epoch).TotalSeconds);
                    break;
                default:
                    World.HashSharing.ThreatExchange.Put($"{1000 + i}", "HASH_MD5", Rows.Md5(i), "MALICIOUS", (long)(at - Epoch).TotalSeconds);
                    break;
            }
        }
    }

    /// <summary>One range, and its rows.</summary>
    public async Task<(FeedRange Range, List<ImportRow.Item> Rows)> Download(string kind, FeedOptions? options = null, string? checkpoint = null, DateTime? hadAt = null, IEnumerable<string>? keys = null)
    {
        using var spool = new MemoryStream();
        var range = await Feed(kind, this).Download(
            new FeedTask("feed", options ?? Options(kind), checkpoint, hadAt, Clock.Now) { Keys = () => (keys ?? []).ToAsyncEnumerable() }, spool, CancellationToken.None);
        IImportFormat format = kind switch { "ncmec" => new NcmecFormat(), "stopncii" => new StopNciiFormat(), _ => new ThreatExchangeFormat() };
        return (range, range.Entries == 0 ? [] : [.. Rows.Of(format, spool.ToArray()).Select(Assert.IsType<ImportRow.Item>)]);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
