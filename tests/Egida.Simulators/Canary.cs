using System.Net;
using System.Net.Sockets;

namespace Egida.Simulators;

/// <summary>Listens where nothing may ever connect and counts who does.</summary>
public sealed class Canary : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<TcpListener> listeners = [];
    private readonly List<Task> serving = [];
    private int connections;

    internal Canary(IEnumerable<int> ports)
    {
        foreach (var port in ports)
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            listeners.Add(listener);
            serving.Add(TcpConversations.Serve(listener, Count, stop.Token));
        }
    }

    public IReadOnlyList<int> Ports => [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];

    public int Connections => Volatile.Read(ref connections);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listeners.ForEach(listener => listener.Stop());
        await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private Task Count(NetworkStream stream, CancellationToken cancel)
    {
        Interlocked.Increment(ref connections);
        return Task.CompletedTask;
    }
}
