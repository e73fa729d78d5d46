using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Egida.Simulators;

/// <summary>One CONNECT that was asked for, and the SOCKS reply it got (0 = connected).</summary>
public sealed record EgressConnect(string Address, int Port, byte Reply);

/// <summary>The exit through which captures leave: SOCKS5 (RFC 1928), no authentication, CONNECT to an address literal.
/// Refuses names (0x08), other commands (0x07) and every address at which the world has nothing (0x04).</summary>
public sealed class EgressExit : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener;
    private readonly Func<IPAddress, int, IPEndPoint?> whereIs;
    private readonly Task serving;

    internal EgressExit(int port, Func<IPAddress, int, IPEndPoint?> whereIs)
    {
        this.whereIs = whereIs;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        EndPoint = (IPEndPoint)listener.LocalEndpoint;
        serving = TcpConversations.Serve(listener, Converse, stop.Token);
    }

    public IPEndPoint EndPoint { get; }

    public ConcurrentQueue<EgressConnect> Connects { get; } = new();

    /// <summary>The exit answers "network unreachable" to everything.</summary>
    public bool Down { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Converse(NetworkStream client, CancellationToken cancel)
    {
        var head = await Take(client, 2, cancel);
        var methods = head[0] == 5 ? await Take(client, head[1], cancel) : [];
        var acceptable = methods.Contains((byte)0);
        await client.WriteAsync((byte[])[5, acceptable ? (byte)0 : (byte)0xFF], cancel);
        if (!acceptable)
            return;

        var request = await Take(client, 4, cancel);
        var (address, name) = await Target(client, request[3], cancel);
        var port = BinaryPrimitives.ReadUInt16BigEndian(await Take(client, 2, cancel));
        var target = address is null || Down ? null : whereIs(address, port);
        byte reply = request[1] != 1 ? (byte)7 : address is null ? (byte)8 : Down ? (byte)3 : target is null ? (byte)4 : (byte)0;
        Connects.Enqueue(new EgressConnect(address?.ToString() ?? name, port, reply));
        if (reply != 0 || target is null)
        {
            await client.WriteAsync(Reply(reply), cancel);
            return;
        }

        using var server = new TcpClient { NoDelay = true };
        await server.ConnectAsync(target, cancel);
        await client.WriteAsync(Reply(0), cancel);
        await Relay(client, server.GetStream(), cancel);
    }

    private static async Task<(IPAddress?, string)> Target(NetworkStream client, byte type, CancellationToken cancel)
    {
        switch (type)
        {
            case 1:
                return (new IPAddress(await Take(client, 4, cancel)), "");
            case 4:
                return (new IPAddress(await Take(client, 16, cancel)), "");
            case 3:
                var length = await Take(client, 1, cancel);
                return (null, System.Text.Encoding.Latin1.GetString(await Take(client, length[0], cancel)));
            default:
                throw new FormatException("SOCKS5: unknown address type");
        }
    }

    private static byte[] Reply(byte code) => [5, code, 0, 1, 0, 0, 0, 0, 0, 0];

    private static async Task<byte[]> Take(NetworkStream stream, int count, CancellationToken cancel)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static async Task Relay(NetworkStream client, NetworkStream server, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = Copy(client, server, ending.Token);
        var down = Copy(server, client, ending.Token);
        // A client may half-close and still read; a server that ended or reset takes the whole connection with it.
        var reset = !await down;
        await ending.CancelAsync();
        if (reset)
            client.Socket.LingerState = new LingerOption(true, 0);
        await up;
    }

    private static async Task<bool> Copy(NetworkStream from, NetworkStream to, CancellationToken cancel)
    {
        try
        {
            await from.CopyToAsync(to, 16_384, cancel);
            to.Socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
