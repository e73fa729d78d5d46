using System.Net;

namespace Egida.Match.Tool.Servers;

/// <summary>A hotline's server, and the key by which it knows this partner.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="Key">The partner's key.</param>
internal sealed record ServerAccess(Uri Address, string Key)
{
    private const string AccessLine = "access:";

    /// <param name="address">As it was given.</param>
    /// <param name="keyFile">The file from the hotline: the key in a line <c>access: egida-…</c>, or alone.</param>
    /// <exception cref="UsageException">It isn't an address, or one that the key mustn't be sent to; or there is no key in the file.</exception>
    public static ServerAccess Read(string address, string keyFile)
    {
        if (!Uri.TryCreate(address.EndsWith('/') ? address : address + "/", UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            throw new UsageException($"--server takes the hotline's address, such as https://hotline.example, not '{address}'.");
        // In the clear only on this machine: whoever reads along has the key.
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri)))
            throw new UsageException("--server takes an address that begins with https://.");

        var lines = File.ReadLines(keyFile).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Take(100).ToList();
        var named = lines.Where(line => line.StartsWith(AccessLine, StringComparison.Ordinal)).Select(line => line[AccessLine.Length..].Trim()).ToList();
        var key = named.Count == 1 ? named[0] : named.Count == 0 && lines.Count == 1 ? lines[0] : null;
        return key is { Length: > 0 and <= 200 } && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? new(uri, key)
            : throw new UsageException($"'{keyFile}' must have one line 'access: egida-…' with the key that the hotline gave you.");
    }

    private static bool IsThisMachine(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
