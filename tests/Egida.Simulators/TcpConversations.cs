using System.Net.Sockets;

namespace Egida.Simulators;

/// <summary>Accepts connections and holds one conversation on each; a conversation that breaks ends alone.</summary>
internal static class TcpConversations
{
    public static async Task Serve(TcpListener listener, Func<NetworkStream, CancellationToken, Task> converse, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop);
                client.NoDelay = true;
                _ = Converse(client, converse, stop);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                if (!listener.Server.IsBound)
                    return;
            }
        }
    }

    private static async Task Converse(TcpClient client, Func<NetworkStream, CancellationToken, Task> converse, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                await converse(client.GetStream(), stop);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
                                          or System.Security.Authentication.AuthenticationException or FormatException)
            {
                // The other side went away or spoke nonsense: its conversation is over.
            }
        }
    }
}
