using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.HashSearch;
using Egida.Match.Tests.Lists;
using Egida.Match.Tool.Archives;
using Egida.Match.Tool.Lookups;
using Egida.Match.Tool.Reports;
using Egida.Match.Tool.Verbs;

namespace Egida.Match.Tests.Scans;

/// <summary>A folder with files, a list, and scans of the one against the other.</summary>
internal sealed class Scanned : IDisposable
{
    private readonly Hotline _hotline = new();
    private readonly List<ListRecord> _records = [];
    private int _reports;

    public Scanned() => Directory.CreateDirectory(Root);

    /// <summary>What is scanned.</summary>
    public string Root => _hotline.Folder["seized"];

    public string this[string name] => _hotline.Folder[name];

    public string Path(string name)
    {
        var path = System.IO.Path.Combine(Root, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public void Put(string name, byte[] content) => File.WriteAllBytes(Path(name), content);

    public void Put(string name, string content) => File.WriteAllText(Path(name), content);

    public void Know(long number, byte[] content) => _records.Add(new() { Number = number, Class = "pl:a", Item = ItemKind.Picture, Sha256 = [Sha256Hash.FromBytes(SHA256.HashData(content))] });

    public void Know(long number, Picture picture) => _records.Add(new() { Number = number, Class = "pl:b", Item = ItemKind.Picture, Pdq = [picture.Pdq.Hash] });

    public void Know(ListRecord record) => _records.Add(record);

    public KnownList List() => _hotline.Open(_hotline.Write(Hotline.Header(), _records));

    public ScanRequest Request(bool decodes, string ending = ".json", string? state = null) => new()
    {
        Paths = [Root],
        Report = this[$"report-{_reports++}{ending}"],
        Form = ReportForms.Of(null, ending),
        State = state,
        Decodes = decodes,
    };

    /// <summary>Scans and gives the lines by their paths below the root.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> Lines(bool decodes = false, ArchiveLimits? archives = null)
    {
        var request = Request(decodes) with { Archives = archives ?? ArchiveLimits.Default };
        Code = await Run(request);
        return File.ReadLines(request.Report!).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("path").GetString()![(Root.Length + 1)..]);
    }

    /// <summary>The exit code of the last scan.</summary>
    public int Code { get; private set; }

    public async Task<int> Run(ScanRequest request, Action<Tally>? afterLine = null, CancellationToken cancel = default)
    {
        using var list = List();
        return await new ScanRun(request, new ListLookups(list), TimeProvider.System) { AfterLine = afterLine }.Run(TextWriter.Null, TextWriter.Null, isTerminal: false, cancel);
    }

    /// <summary>A list for the program itself, valid today, and its key file.</summary>
    public (string List, string Key) Files()
    {
        var header = Hotline.Header() with { Made = DateTimeOffset.UtcNow.AddHours(-1), ValidUntil = DateTimeOffset.UtcNow.AddDays(1) };
        var list = _hotline.Write(header, [.. _records, Hotline.Record(1000)]);
        File.WriteAllLines(_hotline.Folder["hotline.key"], [$"{_hotline.Signer.Key}", "recipient: laboratory.example"]);
        return (list, _hotline.Folder["hotline.key"]);
    }

    public static void Shell(string script, string folder)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-ec", script]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    public void Dispose() => _hotline.Dispose();
}
