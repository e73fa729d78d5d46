namespace Egida.Platform.Mail;

/// <summary>
/// A mailbox as a folder (`new`, `cur`), filled by mbsync, Dovecot or a local mail server. Nothing is deleted: what was understood is moved to `cur` as seen,
/// what wasn't as unseen, so people find it unread in their own mail program.
/// </summary>
internal sealed class Maildir(string folder)
{
    /// <summary>An answer with its quotes; what is longer is read to here.</summary>
    public const int Longest = 1 << 20;

    /// <summary>The oldest that nobody has looked at.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public IReadOnlyList<string> New(int most) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "new")).Select(f => Path.GetFileName(f)!).Where(f => f[0] != '.').Order(StringComparer.Ordinal).Take(most)];

    public byte[] Read(string name)
    {
        using var file = File.OpenRead(Path.Combine(folder, "new", name));
        var bytes = new byte[Math.Min(file.Length, Longest)];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    public void Done(string name, bool understood)
    {
        var to = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "cur")).FullName, $"{name.Split(":2,")[0]}:2,{(understood ? "S" : "")}");
        File.Move(Path.Combine(folder, "new", name), to, overwrite: true);
    }
}
