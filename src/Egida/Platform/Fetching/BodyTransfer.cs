using System.Security.Cryptography;

namespace Egida.Platform.Fetching;

/// <summary>The place a body goes to failed (a full disk, for instance): nothing to do with the server, so nothing to be recorded about it.</summary>
internal sealed class TargetFailedException(IOException inner) : Exception("What was fetched can't be written.", inner);

/// <summary>Carries a body from the wire to its place, expanding it block by block, and stops at whatever cap it meets first.</summary>
/// <remarks>However it ends, what came so far stays written: a broken transfer is evidence with a mark.</remarks>
internal sealed record BodyTransfer(IReadOnlyList<string> Marks, long WireBytes, string WireSha256, long Bytes, string Sha256)
{
    private const int Block = 64 * 1024;

    public static async Task<BodyTransfer> Copy(
        HttpResponseMessage response, Stream target, long cap, FetchLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        using var pace = new Pace(limits, clock, cancellation);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var wire = new WireStream(await response.Content.ReadAsStreamAsync(cancellation), cap, pace);
        var marks = new List<string>();
        var bytes = 0L;
        try
        {
            var (body, mark) = await ContentDecoding.Open(wire, Encodings(response), pace.Token);
            if (mark is not null)
            {
                marks.Add(mark);
            }

            var block = new byte[Block];
            while (await body.ReadAsync(block, pace.Token) is > 0 and var read)
            {
                var room = (int)Math.Min(read, cap - bytes);
                hash.AppendData(block.AsSpan(0, room));
                await Keep(target, block.AsMemory(0, room), cancellation);
                bytes += room;
                if (room < read)
                {
                    throw new TransferStopped("truncated:size");
                }

                if (bytes > limits.RatioFloor && bytes / limits.Ratio > wire.Count)
                {
                    throw new TransferStopped("truncated:ratio");
                }
            }
        }
        catch (TransferStopped stop)
        {
            marks.Add(stop.Mark);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            marks.Add(pace.WhyStopped);
        }
        catch (InvalidDataException)
        {
            marks.Add("broken-encoding");
        }
        catch (HttpIOException e)
        {
            marks.Add(e.HttpRequestError switch
            {
                HttpRequestError.ResponseEnded when response.Content.Headers.ContentLength is not null => "wrong-length",
                HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse => "broken-transfer",
                _ => "connection-lost",
            });
        }
        catch (IOException)
        {
            marks.Add("connection-lost");
        }

        return new BodyTransfer(marks, wire.Count, wire.Sha256, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private static async Task Keep(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await target.WriteAsync(bytes, cancellation);
        }
        catch (IOException e)
        {
            throw new TargetFailedException(e);
        }
    }

    private static List<string> Encodings(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? [.. values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(v => v.ToLowerInvariant())]
            : [];
}
