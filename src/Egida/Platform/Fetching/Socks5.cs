using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Egida.Platform.Fetching;

/// <summary>
/// CONNECT to an address literal through a SOCKS5 proxy (RFC 1928), without authentication. Never asks for a name: the proxy would resolve
/// it again, and the answer that was judged would not be the one used.
/// </summary>
internal static class Socks5
{
    /// <exception cref="SocketException">The proxy's reply, as the socket error that it stands for.</exception>
    /// <exception cref="IOException">The proxy doesn't speak SOCKS5 or went away.</exception>
    public static async Task<Stream> Connect(EndPoint proxy, IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            await stream.WriteAsync(new byte[] { 5, 1, 0 }, cancellation);
            var method = await Take(stream, 2, cancellation);
            if (method is not [5, 0])
            {
                throw new IOException("The egress refuses to speak SOCKS5 without authentication.");
            }

            await stream.WriteAsync(Request(address, port), cancellation);
            var reply = await Take(stream, 4, cancellation);
            if (reply[0] != 5)
            {
                throw new IOException("The egress doesn't speak SOCKS5.");
            }

            if (reply[1] != 0)
            {
                throw new SocketException((int)Meaning(reply[1]));
            }

            var bound = reply[3] switch
            {
                1 => 4,
                4 => 16,
                3 => (await Take(stream, 1, cancellation))[0],
                _ => throw new IOException("The egress answers with an unknown kind of address."),
            };
            await Take(stream, bound + 2, cancellation);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] Request(IPAddress address, int port)
    {
        var literal = address.GetAddressBytes();
        var request = new byte[4 + literal.Length + 2];
        request[0] = 5;
        request[1] = 1;
        request[3] = literal.Length == 4 ? (byte)1 : (byte)4;
        literal.CopyTo(request, 4);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(4 + literal.Length), (ushort)port);
        return request;
    }

    private static SocketError Meaning(byte reply) => reply switch
    {
        2 => SocketError.AccessDenied,
        3 => SocketError.NetworkUnreachable,
        4 => SocketError.HostUnreachable,
        5 => SocketError.ConnectionRefused,
        6 => SocketError.TimedOut,
        _ => SocketError.ConnectionAborted,
    };

    private static async Task<byte[]> Take(NetworkStream stream, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
