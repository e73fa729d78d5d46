using System.Net;
using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <summary>Section <c>Capture</c>: what the worker and the capture process must agree on (the spool), and what only the capture process reads.</summary>
internal sealed class CaptureSettings
{
    /// <summary>The folder that both processes see. Default: <c>spool</c> below the data folder.</summary>
    public string Spool { get; set; } = "";

    /// <summary>No new job is taken while the spool holds more than this, and no object is written beyond it.</summary>
    public long MaxSpoolBytes { get; set; } = 4L << 30;

    /// <summary>How often a waiting side looks whether something has come.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After so long without an answer the operator hears of it.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a host that didn't answer is tried before a person is asked.</summary>
    public int Tries { get; set; } = 3;

    public int Parallel { get; set; } = 2;

    /// <summary>`127.0.0.1:1080`; empty: direct.</summary>
    public string Socks { get; set; } = "";

    /// <summary>What servers see. One value for every request: not a signature of the hotline.</summary>
    public string UserAgent { get; set; } = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    public FetchLimits Limits { get; set; } = new();

    public static CaptureSettings From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Capture").Get<CaptureSettings>() ?? new CaptureSettings();
        settings.Spool = Path.GetFullPath(settings.Spool.Length > 0
            ? settings.Spool
            : Path.Combine(configuration["Data:Folder"] ?? "data", "spool"));
        return settings;
    }

    public EndPoint? Egress() =>
        Socks.Length == 0 ? null
        : IPEndPoint.TryParse(Socks, out var literal) && literal.Port > 0 ? literal
        : Socks.Split(':') is [{ Length: > 0 } host, var port] && ushort.TryParse(port, out var number) && number > 0 ? new DnsEndPoint(host, number)
        : throw new InvalidOperationException("Capture:Socks must be host:port of a SOCKS5 proxy, or empty.");
}
