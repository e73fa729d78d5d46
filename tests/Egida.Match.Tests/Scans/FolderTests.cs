using System.Security.Cryptography;
using Egida.Match.Tool;

namespace Egida.Match.Tests.Scans;

public sealed class FolderTests : IDisposable
{
    private readonly Scanned _scanned = new();

    public void Dispose() => _scanned.Dispose();

    [Fact]
    public async Task Every_file_has_a_line_in_the_order_of_names_and_known_ones_say_which_record()
    {
        _scanned.Put("b/two.txt", "two");
        _scanned.Put("b.txt", "between");
        _scanned.Put("a.bin", "known before");
        _scanned.Put("b/empty", "");
        _scanned.Know(17, "known before"u8.ToArray());

        var lines = await _scanned.Lines();
        Assert.Equal(["a.bin", "b/empty", "b/two.txt", "b.txt"], lines.Keys);
        Assert.Equal((("known", 17L), "unknown"), ((lines["a.bin"].Status(), lines["a.bin"].Record()), lines["b.txt"].Status()));
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData("two"u8)), lines["b/two.txt"].GetProperty("md5").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData("two"u8)), lines["b/two.txt"].GetProperty("sha1").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(""u8)), lines["b/empty"].GetProperty("sha256").GetString());
        Assert.Equal(ExitCodes.Known, _scanned.Code);
    }

    [Fact]
    public async Task Nothing_known_is_a_code_of_its_own()
    {
        _scanned.Put("a", "a");
        await _scanned.Lines();
        Assert.Equal(ExitCodes.NothingKnown, _scanned.Code);

        Scanned.Shell("mkfifo pipe", _scanned.Root);
        await _scanned.Lines();
        Assert.Equal(ExitCodes.NotAllSeen, _scanned.Code);
    }

    [Fact]
    public async Task Links_pipes_and_names_that_are_no_text_are_reported_and_nothing_hangs()
    {
        _scanned.Put("folder/known", "known content");
        _scanned.Know(5, "known content"u8.ToArray());
        Scanned.Shell("""
            ln -s .. folder/up; ln -s folder loop; ln -s nowhere dead; mkfifo pipe
            cp folder/known "$(printf 'bad\377name')"; cp folder/known "$(printf 'new\nline, =1+1')"; cp folder/known 'back\slash'
            """, _scanned.Root);

        var lines = await _scanned.Lines();
        Assert.Equal(["link", "link", "link", "special"], ((string[])["dead", "folder/up", "loop", "pipe"]).Select(name => lines[name].Problem()));
        Assert.Equal([5L, 5L, 5L, 5L], ((string[])[@"bad\xFFname", @"new\u{a}line, =1+1", @"back\\slash", "folder/known"]).Select(name => lines[name].Record()));
        Assert.Equal(8, lines.Count);
        // .NET can't delete what it can't name.
        Scanned.Shell("rm -r ./*", _scanned.Root);
    }

    [Fact]
    public async Task What_cant_be_read_is_reported()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // Root may read everything: nobody scans.
            AsNobody();
            return;
        }
        _scanned.Put("secret/file", "x");
        _scanned.Put("closed", "x");
        Scanned.Shell("chmod 0 secret closed", _scanned.Root);
        var closed = await _scanned.Lines();
        Scanned.Shell("chmod 700 secret closed", _scanned.Root);
        Assert.Equal(("unreadable", "unreadable"), (closed["closed"].Problem(), closed["secret"].Problem()));
    }

    [Fact]
    public async Task A_file_that_is_gone_when_it_is_opened_is_reported()
    {
        var lines = await Gone();
        Assert.Equal("unreadable", lines["z"].Problem());
    }

    private void AsNobody()
    {
        _scanned.Put("secret/file", "x");
        _scanned.Put("closed", "x");
        _scanned.Put("open", "x");
        var (list, key) = _scanned.Files();
        Scanned.Shell($"""
            chmod 0 seized/secret seized/closed; chmod 755 . seized; chmod 644 '{list}' '{key}'; mkdir -m 777 out
            code=0; setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent DOTNET_CLI_HOME=/tmp \
              dotnet '{typeof(ExitCodes).Assembly.Location}' scan seized --list '{list}' --key '{key}' --seen out/seen --digests-only --report out/report.json || code=$?
            test $code = {ExitCodes.NotAllSeen}
            """, _scanned[""]);
        var lines = File.ReadLines(_scanned["out/report.json"]).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("path").GetString()!);
        Assert.Equal(("unreadable", "unreadable", "unknown"), (lines["seized/closed"].Problem(), lines["seized/secret"].Problem(), lines["seized/open"].Status()));
        // Of a folder that can't be read nothing below it is known, not even that it is there.
        Assert.Equal(3, lines.Count);
    }

    private async Task<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> Gone()
    {
        foreach (var i in Enumerable.Range(0, 2000)) _scanned.Put($"a{i:D4}", "x");
        _scanned.Put("z", "x");
        var request = _scanned.Request(decodes: false);
        await _scanned.Run(request, tally =>
        {
            if (tally.Files == 1) File.Delete(_scanned.Path("z"));
        });
        return File.ReadLines(request.Report!).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("path").GetString()![(_scanned.Root.Length + 1)..]);
    }
}
