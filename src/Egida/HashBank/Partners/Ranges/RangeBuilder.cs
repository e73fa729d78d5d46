using System.IO.MemoryMappedFiles;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>
/// Makes a <see cref="RangeFile"/> of any number of hashes in little memory: they are blurred into a draft and counted, then put into their ranges, and each range is
/// filled up and sorted, so that neither place nor order says which of its lines are real.
/// </summary>
internal sealed class RangeBuilder(string path, byte[] blur, byte[] filling)
{
    private readonly int[] counts = new int[1 << (4 * RangeShape.MostDigits)];

    public async Task Build(IAsyncEnumerable<byte[]> hashes, long change, CancellationToken cancellation)
    {
        var (draft, made) = (path + ".draft", path + ".new");
        try
        {
            await Blur(hashes, draft, cancellation);
            var shape = RangeShape.Of(counts);
            using (var file = new FileStream(made, FileMode.Create, FileAccess.ReadWrite))
            {
                file.SetLength(RangeFile.LengthOf(shape));
                using (var mapped = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true))
                using (var view = mapped.CreateViewAccessor())
                {
                    view.WriteArray(0, RangeFile.Header(shape, change), 0, RangeFile.HeaderLength);
                    Fill(view, shape, Place(view, shape, draft, cancellation), cancellation);
                    view.Flush();
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(made, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
            File.Delete(made);
        }
    }

    private async Task Blur(IAsyncEnumerable<byte[]> hashes, string draft, CancellationToken cancellation)
    {
        await using var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var blurred = new byte[BlurredHash.Length];
        await foreach (var hash in hashes.WithCancellation(cancellation))
        {
            BlurredHash.Of(blur, hash, blurred);
            counts[BlurredHash.RangeOf(blurred, RangeShape.MostDigits)]++;
            file.Write(blurred);
        }
    }

    /// <returns>How many there are in each range.</returns>
    private static int[] Place(MemoryMappedViewAccessor view, RangeShape shape, string draft, CancellationToken cancellation)
    {
        using var file = new FileStream(draft, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        var (blurred, placed) = (new byte[BlurredHash.Length], new int[shape.Ranges]);
        while (file.ReadAtLeast(blurred, blurred.Length, throwOnEndOfStream: false) == blurred.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var range = BlurredHash.RangeOf(blurred, shape.Digits);
            view.WriteArray(RangeFile.PlaceOf(shape, range) + (long)placed[range]++ * BlurredHash.Length, blurred, 0, blurred.Length);
        }

        return placed;
    }

    private void Fill(MemoryMappedViewAccessor view, RangeShape shape, int[] placed, CancellationToken cancellation)
    {
        var bytes = new byte[shape.Lines * BlurredHash.Length];
        for (var range = 0; range < shape.Ranges; range++)
        {
            cancellation.ThrowIfCancellationRequested();
            view.ReadArray(RangeFile.PlaceOf(shape, range), bytes, 0, placed[range] * BlurredHash.Length);
            // Two records may have the same hash.
            var lines = Enumerable.Range(0, placed[range]).Select(i => bytes.AsSpan(i * BlurredHash.Length, BlurredHash.Length).ToArray()).DistinctBy(Convert.ToHexString).ToList();
            for (var number = 0; lines.Count < shape.Lines; number++)
            {
                var line = new byte[BlurredHash.Length];
                BlurredHash.Filling(filling, range, number, shape.Digits, line);
                lines.Add(line);
            }

            lines.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
            for (var i = 0; i < lines.Count; i++) lines[i].CopyTo(bytes, i * BlurredHash.Length);
            view.WriteArray(RangeFile.PlaceOf(shape, range), bytes, 0, bytes.Length);
        }
    }
}
