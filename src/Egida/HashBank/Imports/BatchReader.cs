using System.Threading.Channels;

namespace Egida.HashBank.Imports;

/// <summary>Reads rows and makes their prints on a thread of its own, batches ahead of the one that is written.</summary>
internal static class BatchReader
{
    private const int Ahead = 2;

    /// <summary>Rows with hundreds of hashes (videos) make a batch sooner.</summary>
    private const int MostHashes = 1 << 17;

    /// <param name="Rows">In their order.</param>
    /// <param name="Position">How far the file was read then.</param>
    /// <param name="Mark">The same by its content.</param>
    public sealed record Batch(List<PreparedRow> Rows, long Position, ReadMark? Mark);

    /// <param name="after">Rows up to this place are kept already.</param>
    /// <returns>Ends with the exception that ended the reading, after all that was read before.</returns>
    public static ChannelReader<Batch> Read(ImportOrder order, HashPrint print, short source, long after, int size, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<Batch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        _ = Task.Run(() => Read(order, print, source, after, size, channel.Writer, cancellation), CancellationToken.None);
        return channel.Reader;
    }

    private static async Task Read(ImportOrder order, HashPrint print, short source, long after, int size, ChannelWriter<Batch> to, CancellationToken cancellation)
    {
        var rows = new List<PreparedRow>(size);
        Exception? end = null;
        try
        {
            var hashes = 0;
            foreach (var row in order.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                if (row.Place <= after)
                {
                    continue;
                }

                rows.Add(new PreparedRow(row, print, source));
                hashes += row is ImportRow.Item item ? 1 + item.Hashes.Further.Count : 1;
                if (rows.Count == size || hashes >= MostHashes)
                {
                    order.Mark?.Require();
                    await to.WriteAsync(new Batch(rows, order.Position(), order.Mark?.Reached), cancellation);
                    rows = new List<PreparedRow>(size);
                    hashes = 0;
                }
            }
        }
        catch (Exception e)
        {
            end = e;
        }

        try
        {
            // Also where no row is left: then all of it is kept already, if it is this file.
            if (end is null or ImportRefusedException) order.Mark?.Require();
            if (rows.Count > 0 && end is null or ImportRefusedException)
            {
                await to.WriteAsync(new Batch(rows, order.Length ?? 0, order.Mark?.Reached), cancellation);
            }
        }
        catch (Exception e)
        {
            end = e;
        }

        // Whatever happened: who waits for the next batch is told.
        to.TryComplete(end);
    }
}
