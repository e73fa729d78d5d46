using System.Globalization;
using Egida.Match.Tool.Servers;

namespace Egida.Match.Tool.Serving;

/// <summary>
/// A list as a bank: opened, and opened anew when its files change. A newer one takes its place while requests go on; one that is refused leaves the old one in use,
/// as long as that is valid.
/// </summary>
internal sealed class Bank : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly ListTrust _trust;
    private readonly Action<string> _say;
    private volatile OpenList? _open;
    private string _refused = "";

    public Bank(IReadOnlyList<string> paths, ListTrust trust, Action<string> say)
    {
        (_paths, _trust, _say) = (paths, trust, say);
        var stamp = Stamp();
        _open = new(KnownList.Open(trust, Files()), stamp);
        Name = NameOf(_open.List.Headers[0].Series);
    }

    /// <summary>In capitals, as banks are called: <c>KNOWN</c>.</summary>
    public string Name { get; set; }

    /// <summary>The list for as long as one request takes.</summary>
    public T Use<T>(Func<KnownList, T> use)
    {
        while (true)
        {
            var open = _open ?? throw new ObjectDisposedException(Name);
            if (!open.TryUse()) continue;
            try
            {
                return use(open.List);
            }
            finally
            {
                open.Leave();
            }
        }
    }

    public bool IsExpired => Use(list => _trust.Clock.GetUtcNow() >= list.ValidUntil);

    /// <summary>Looks whether the files are others than before.</summary>
    public void Reload()
    {
        var stamp = Stamp();
        if (_open is not { } before || stamp == before.Stamp || stamp == _refused) return;
        try
        {
            var next = new OpenList(KnownList.Open(_trust, Files()), stamp);
            _open = next;
            before.Leave();
            _say($"{Name}: number {next.List.Headers[0].Number} is in use now, {next.List.Count.ToString("N0", CultureInfo.InvariantCulture)} records.");
        }
        catch (Exception e) when (e is ListRefusedException or IOException or UnauthorizedAccessException or UsageException)
        {
            // What is half copied is whole the next time.
            _refused = Stamp() == stamp ? stamp : "";
            _say($"{Name}: {e.Message} The list before stays in use.");
        }
    }

    public void Dispose()
    {
        _open?.Leave();
        _open = null;
    }

    /// <summary>The list's own name in capitals: of <c>hotline.example/known/…</c> it is <c>KNOWN</c>.</summary>
    internal static string NameOf(string series)
    {
        var parts = series.Split('/');
        return new([.. (parts.Length > 1 ? parts[1] : parts[0]).Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_')]);
    }

    private string[] Files() => [.. _paths.SelectMany(ListFolder.FilesOf)];

    private string Stamp()
    {
        try
        {
            return string.Concat(Files().Select(path => new FileInfo(path)).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}\n")));
        }
        catch (Exception e) when (e is IOException or UsageException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
