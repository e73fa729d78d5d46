using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Egida.Simulators;

/// <summary>An authoritative and recursive-looking name server (RFC 1035, UDP and TCP). Knows A, AAAA and CNAME;
/// refuses names outside .example and .test (RCODE 5), zone transfers and other opcodes (RCODE 4).</summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const ushort A = 1, Alias = 5, Aaaa = 28, Any = 255;

    private readonly CancellationTokenSource stop = new();
    private readonly Socket udp;
    private readonly TcpListener tcp;
    private readonly Task serving;

    internal DnsServer(int port)
    {
        (udp, tcp) = Bind(port);
        EndPoint = (IPEndPoint)udp.LocalEndPoint!;
        Zone.AddHostileNames();
        serving = Task.WhenAll(ServeUdp(), TcpConversations.Serve(tcp, ServeTcp, stop.Token));
    }

    public IPEndPoint EndPoint { get; }
    public DnsZone Zone { get; } = new();

    /// <summary>Every question asked, as `NAME TYPE udp|tcp`.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        udp.Dispose();
        tcp.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    // The same number is wanted for both, so that an ordinary resolver can fall back from UDP to TCP.
    private static (Socket, TcpListener) Bind(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                var listener = new TcpListener((IPEndPoint)socket.LocalEndPoint!);
                listener.Start();
                return (socket, listener);
            }
            catch (SocketException) when (port == 0 && attempt < 20)
            {
                socket.Dispose();
            }
        }
    }

    private async Task ServeUdp()
    {
        var buffer = new byte[4096];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                if (Answer(buffer.AsSpan(0, received.ReceivedBytes), overTcp: false) is { } answer)
                    await udp.SendToAsync(answer, received.RemoteEndPoint, stop.Token);
            }
            catch (SocketException)
            {
                // The asker has gone (ICMP port unreachable surfaces here); the next question is served.
            }
        }
    }

    private async Task ServeTcp(NetworkStream stream, CancellationToken cancel)
    {
        var length = new byte[2];
        while (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, cancel) == 2)
        {
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(message, cancel);
            if (Answer(message, overTcp: true) is not { } answer)
                return;
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
            await stream.WriteAsync((byte[])[.. length, .. answer], cancel);
        }
    }

    private byte[]? Answer(ReadOnlySpan<byte> message, bool overTcp)
    {
        if (DnsQuestion.Read(message) is not { } question)
            return null;

        Questions.Enqueue($"{question.Name} {question.Type} {(overTcp ? "tcp" : "udp")}");
        var answer = new DnsAnswer(question);
        var entry = Zone.Find(question.Name);
        if (entry?.Behaviour == DnsBehaviour.Silent)
            return null;

        answer.Code = question.Opcode != 0 || question.Type is 251 or 252 ? DnsCode.NotImplemented
            : !DnsZone.Serves(question.Name) ? DnsCode.Refused
            : entry?.Behaviour == DnsBehaviour.ServerFailure ? DnsCode.ServerFailure
            : DnsCode.NoError;
        if (answer.Code == DnsCode.NoError)
            Fill(answer, question);
        return answer.ToWire(overTcp ? 65_535 : question.LargestAnswer, truncate: !overTcp && entry?.Behaviour == DnsBehaviour.TruncatedOverUdp);
    }

    private void Fill(DnsAnswer answer, DnsQuestion question)
    {
        var name = question.Name;
        var found = 0;
        for (var hop = 0; hop < 8; hop++)
        {
            if (Zone.Find(name) is not { } entry)
            {
                answer.Code = Zone.HasBelow(name) ? DnsCode.NoError : DnsCode.NameError;
                break;
            }

            if (entry.CanonicalName is { } target)
            {
                answer.AddAlias(name, target, entry.TimeToLive);
                found++;
                if (question.Type == Alias)
                    break;
                name = target;
                continue;
            }

            foreach (var v6 in new[] { false, true }.Where(v6 => question.Type == Any || question.Type == (v6 ? Aaaa : A)))
            {
                foreach (var address in Zone.AnswersOf(entry, v6))
                {
                    answer.Add(name, address, entry.TimeToLive);
                    found++;
                }
            }

            break;
        }

        if (found == 0 || answer.Code == DnsCode.NameError)
            answer.AddStartOfAuthority();
    }
}
