using System.Net;
using Egida.Platform.Fetching;
using Egida.Simulators;

namespace Egida.Tests.Platform.Fetching;

/// <summary>One simulated world for a class of tests, and fetchers into it.</summary>
public sealed class OutsideWorld : IAsyncLifetime
{
    public World World { get; private set; } = null!;

    /// <summary>Patient: for what must succeed, or fail for another reason than time.</summary>
    internal static FetchLimits Patient => new()
    {
        Connect = TimeSpan.FromSeconds(60),
        Headers = TimeSpan.FromSeconds(60),
        Grace = TimeSpan.FromSeconds(60),
        RatioFloor = 64 << 10,
    };

    /// <summary>For what is to be given up because it takes too long.</summary>
    internal static FetchLimits Short => new()
    {
        Connect = TimeSpan.FromSeconds(60),
        Headers = TimeSpan.FromSeconds(1),
        Transfer = TimeSpan.FromSeconds(1),
        RatioFloor = 64 << 10,
    };

    public async Task InitializeAsync() => World = await World.Start(new WorldOptions { DemoSites = 0 });

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <param name="resolve">Instead of the world's name server.</param>
    /// <param name="direct">Without the SOCKS exit.</param>
    internal GuardedFetch Fetcher(FetchLimits? limits = null, ResolveHost? resolve = null, bool direct = false)
    {
        var resolver = new DnsResolver(new DnsOptions(World.Dns.EndPoint.ToString(), null, TimeSpan.FromSeconds(30)));
        ResolveHost ask = async (host, cancellation) => await resolver.Resolve(host, cancellation) switch
        {
            DnsAnswer.Found found => found.Addresses,
            DnsAnswer.NoAddress => [],
            _ => throw new IOException(),
        };
        var guard = new NetworkGuard(["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"], []);
        return new GuardedFetch(
            new GuardedDialler(resolve ?? ask, guard, direct ? null : World.Egress.EndPoint, TimeProvider.System), limits ?? Patient, "test", TimeProvider.System);
    }

    /// <summary>Fetches with a cap of 1 MiB and gives back what came.</summary>
    internal async Task<(Transfer Transfer, byte[] Body)> Get(string address, FetchLimits? limits = null, long cap = 1 << 20)
    {
        using var body = new MemoryStream();
        var transfer = await Fetcher(limits).Get(new Uri(address), cap, _ => new Kept(body), CancellationToken.None);
        return (transfer, body.ToArray());
    }

    /// <summary>Every address that the exit was ever asked for lies in the world's own documentation ranges.</summary>
    public bool ExitWasAskedOnlyForPublic => World.Egress.Connects.All(c => IPAddress.TryParse(c.Address, out var address) && WorldNetworks.Of(address) is not null);

    /// <summary>The fetch disposes its target; the test wants to read it afterwards.</summary>
    private sealed class Kept(MemoryStream target) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => target.Length;

        public override long Position
        {
            get => target.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => target.Write(buffer, offset, count);
    }
}
