using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>The services that share hashes, below one address.</summary>
public sealed class HashSharingServices
{
    public NcmecHashSharing Ncmec { get; } = new();

    public StopNciiHashSharing StopNcii { get; } = new();

    public ThreatExchangeHashSharing ThreatExchange { get; } = new();

    public ArachnidShieldDesk Arachnid { get; } = new();

    internal void StartAt(int port)
    {
        Ncmec.StartAt(new Uri($"https://localhost:{port}/hash-sharing/ncmec/"));
        StopNcii.StartAt(new Uri($"https://localhost:{port}/hash-sharing/stopncii/v1/"));
        ThreatExchange.StartAt(new Uri($"https://localhost:{port}/hash-sharing/threatexchange/v21.0/"));
        Arachnid.StartAt(new Uri($"https://localhost:{port}/hash-sharing/arachnid/"));
    }

    /// <param name="path">Behind `/hash-sharing`.</param>
    internal Task Answer(HttpContext context, PathString path)
    {
        if (path.StartsWithSegments("/ncmec", out var rest))
            return Ncmec.Answer(context, rest.Value!.Trim('/'));
        if (path.StartsWithSegments("/stopncii/v1", out rest))
            return StopNcii.Answer(context, rest.Value!.Trim('/'));
        if (path.StartsWithSegments("/threatexchange/v21.0", out rest))
            return ThreatExchange.Answer(context, rest.Value!.Trim('/'));
        if (path.StartsWithSegments("/arachnid", out rest))
            return Arachnid.Answer(context, rest.Value!.Trim('/'));
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
