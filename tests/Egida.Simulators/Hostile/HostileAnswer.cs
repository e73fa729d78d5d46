using System.Text;

namespace Egida.Simulators;

/// <summary>Bytes as they go over the wire, status line included; afterwards the connection closes, or resets.</summary>
internal sealed record HostileAnswer(Func<Stream, CancellationToken, Task> Write, bool Resets = false)
{
    /// <summary>An answer that keeps the rules, except for what its body is.</summary>
    public static HostileAnswer Whole(string contentType, Func<byte[]> make, string moreHeaders = "")
    {
        var body = new Lazy<byte[]>(make);
        return new HostileAnswer(async (stream, cancel) =>
        {
            await stream.WriteAsync(Head($"200 OK", $"Content-Type: {contentType}\r\nContent-Length: {body.Value.Length}\r\n{moreHeaders}"), cancel);
            await stream.WriteAsync(body.Value, cancel);
        });
    }

    public static HostileAnswer Status(int status, string phrase, string moreHeaders = "") =>
        new((stream, cancel) => stream.WriteAsync(Head($"{status} {phrase}", $"Content-Length: 0\r\n{moreHeaders}"), cancel).AsTask());

    public static HostileAnswer Redirect(string location) => Status(302, "Found", $"Location: {location}\r\n");

    /// <summary>A head, then the same block until the other side has had enough.</summary>
    public static HostileAnswer Endless(string statusAndHeaders, byte[] block, TimeSpan pause) => new(async (stream, cancel) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(statusAndHeaders), cancel);
        while (true)
        {
            await stream.WriteAsync(block, cancel);
            if (pause > TimeSpan.Zero)
            {
                await stream.FlushAsync(cancel);
                await Task.Delay(pause, cancel);
            }
        }
    });

    public static byte[] Head(string status, string headers) =>
        Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n");
}
