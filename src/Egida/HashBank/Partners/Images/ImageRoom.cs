namespace Egida.HashBank.Partners.Images;

/// <summary>How many pictures are here at once: some being received, and few being decoded. Who finds no room comes again; nobody waits for long.</summary>
internal sealed class ImageRoom(IConfiguration configuration) : IDisposable
{
    private readonly SemaphoreSlim receiving = new(configuration.GetValue("HashBank:Images:Receiving", 16));
    private readonly SemaphoreSlim decoding = new(configuration.GetValue("HashBank:Images:Decoding", Math.Max(1, Environment.ProcessorCount)));

    /// <summary>A larger one isn't received.</summary>
    public static int Largest(IConfiguration configuration) => configuration.GetValue("HashBank:Images:Largest", 32 << 20);

    public int MostBytes { get; } = Largest(configuration);

    /// <summary>The whole body must have come by then.</summary>
    public TimeSpan ToReceive { get; } = TimeSpan.FromSeconds(30);

    private TimeSpan ToWait { get; } = TimeSpan.FromSeconds(configuration.GetValue("HashBank:Images:Patience", 10));

    /// <returns>To be given back; null if there is no room.</returns>
    public Task<IDisposable?> Receive(CancellationToken cancellation) => Enter(receiving, TimeSpan.Zero, cancellation);

    /// <inheritdoc cref="Receive"/>
    public Task<IDisposable?> Decode(CancellationToken cancellation) => Enter(decoding, ToWait, cancellation);

    public void Dispose()
    {
        receiving.Dispose();
        decoding.Dispose();
    }

    private static async Task<IDisposable?> Enter(SemaphoreSlim room, TimeSpan patience, CancellationToken cancellation) =>
        await room.WaitAsync(patience, cancellation) ? new Place(room) : null;

    private sealed class Place(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }
}
