using System.Text;
using Egida.HashBank.Imports.Formats;

namespace Egida.HashBank.Imports.Sources;

/// <summary>The entries of one window of time, each in its newest state: what they say lies in a file, only where it lies in memory.</summary>
internal sealed class NcmecWindow(string environment, Stream beside) : IAsyncDisposable
{
    private readonly FileStream file = Scratch.Beside(beside);
    private readonly Dictionary<string, (DateTime? Stamp, long At, int Length)> newest = new(StringComparer.Ordinal);

    public int Count => newest.Count;

    public void Add(IReadOnlyList<NcmecPage.Entry> entries)
    {
        foreach (var entry in entries)
        {
            // Of two with one time, or none, the one that came later.
            if (!newest.TryGetValue(entry.Key, out var before) || !(before.Stamp > entry.Stamp))
            {
                newest[entry.Key] = (entry.Stamp, file.Length, entry.Xml.Length);
                file.Position = file.Length;
                file.Write(entry.Xml);
            }
        }
    }

    /// <summary>In the order of their times.</summary>
    public async Task WriteTo(Stream spool, CancellationToken cancellation)
    {
        await spool.WriteAsync(Encoding.UTF8.GetBytes($"<queryResult xmlns=\"{NcmecFormat.Namespace}\" {NcmecFormat.Environment}=\"{System.Security.SecurityElement.Escape(environment)}\">\n"), cancellation);
        var buffer = new byte[1 << 12];
        foreach (var (_, at, length) in newest.Values.OrderBy(e => e.Stamp).ThenBy(e => e.At))
        {
            buffer = buffer.Length < length ? new byte[length] : buffer;
            file.Position = at;
            file.ReadExactly(buffer, 0, length);
            await spool.WriteAsync(buffer.AsMemory(0, length), cancellation);
            await spool.WriteAsync("\n"u8.ToArray(), cancellation);
        }

        await spool.WriteAsync("</queryResult>\n"u8.ToArray(), cancellation);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
