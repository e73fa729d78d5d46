using System.Net;
using System.Net.Sockets;

namespace Egida.Platform.Fetching;

/// <summary>All addresses of a name. Empty: the name doesn't exist or has none.</summary>
/// <exception cref="IOException">The look-up itself failed: nothing is known about the name.</exception>
internal delegate Task<IReadOnlyList<IPAddress>> ResolveHost(string host, CancellationToken cancellation);

/// <summary>
/// Connects to a host the only way that is safe for a reported one: look it up once, judge every answer, then connect to one of the very
/// addresses that were judged. A name that changes its answer between check and use has no second chance to be asked.
/// </summary>
internal sealed class GuardedDialler(ResolveHost resolve, NetworkGuard guard, EndPoint? egress, TimeProvider clock)
{
    public async Task<Dialled> Dial(string host, int port, TimeSpan limit, CancellationToken cancellation)
    {
        IReadOnlyList<IPAddress> answers;
        try
        {
            answers = await Within(limit, token => LookUp(host, token), cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException)
        {
            return new Dialled.Failed("dns-failure", []);
        }

        if (answers.Count == 0)
        {
            return new Dialled.Failed("host-unknown", []);
        }

        if (guard.JudgeAll(answers) is GuardVerdict.Refused refused)
        {
            return new Dialled.Failed($"forbidden-address:{refused.Rule}", answers);
        }

        var why = "connect-failed";
        foreach (var address in answers.OrderBy(a => a.AddressFamily is AddressFamily.InterNetwork ? 0 : 1).Take(4))
        {
            try
            {
                var stream = await Within(limit, token => Connect(address, port, token), cancellation);
                return new Dialled.Connected(stream, address, answers);
            }
            catch (Exception e) when (e is IOException or SocketException or TimeoutException)
            {
                why = Code(e);
            }
        }

        return new Dialled.Failed(why, answers);
    }

    private async Task<IReadOnlyList<IPAddress>> LookUp(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancellation);

    private async Task<Stream> Connect(IPAddress address, int port, CancellationToken cancellation)
    {
        if (egress is not null)
        {
            return await Socks5.Connect(egress, address, port, cancellation);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<T> Within<T>(TimeSpan limit, Func<CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await act(both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static string Code(Exception e) => e switch
    {
        TimeoutException => "connect-timeout",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connect-refused",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "connect-timeout",
        SocketException { SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable } => "connect-unreachable",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "connect-denied",
        _ => "connect-failed",
    };
}

internal abstract record Dialled
{
    private Dialled()
    {
    }

    public sealed record Connected(Stream Stream, IPAddress Address, IReadOnlyList<IPAddress> Answers) : Dialled;

    /// <param name="Reason">A code without addresses.</param>
    public sealed record Failed(string Reason, IReadOnlyList<IPAddress> Answers) : Dialled;
}
