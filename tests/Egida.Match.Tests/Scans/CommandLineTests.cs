using System.Diagnostics;
using System.Security.Cryptography;
using Egida.HashSearch.Tests.Files;
using Egida.Match.Tool;

namespace Egida.Match.Tests.Scans;

/// <summary>The program as partners call it, from a key to a report.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_a_key_to_a_list_to_a_report()
    {
        Directory.CreateDirectory(_folder["seized"]);
        File.WriteAllText(_folder["seized/a"], "known");
        File.WriteAllText(_folder["seized/b"], "unknown");
        File.WriteAllText(_folder["records"], $$"""{"number":17,"class":"pl:a","flags":["series"],"md5":["{{Convert.ToHexStringLower(MD5.HashData("known"u8))}}"]}""");

        var (code, key, _) = Match("make-key", "--name", "hotline.example/lists", "--out", "private");
        Assert.Equal(0, code);
        File.WriteAllText(_folder["key"], $"{key}\nrecipient: laboratory.example\n");
        Assert.Equal(0, MakeList(1).Code);
        Assert.Contains("hotline.example/known number 1, a full list", Match("show", "--list", "1.list", "--key", "key", "--seen", "seen").Output, StringComparison.Ordinal);

        var scan = Match("scan", "seized", "--list", "1.list", "--key", "key", "--seen", "seen", "--report", "report.csv", "--digests-only");
        Assert.Equal((ExitCodes.Known, "egida-match: 2 files, 1 known, 0 near, 0 not wholly seen"), (scan.Code, scan.Errors.Trim()));
        Assert.StartsWith("seized/a,5,known,17,pl:a,md5,,,series,,", File.ReadAllLines(_folder["report.csv"])[1], StringComparison.Ordinal);
        Assert.Equal("known\trecord 17\tpl:a\tmd5\tseized/a\n", Match("scan", "seized", "--list", "1.list", "--key", "key", "--seen", "seen", "--digests-only").Output);
    }

    [Fact]
    public void What_is_wrong_is_said_and_has_a_code()
    {
        File.WriteAllText(_folder["records"], "");
        File.WriteAllText(_folder["key"], $"{Match("make-key", "--name", "hotline.example/lists", "--out", "private").Output}\nrecipient: laboratory.example\n");
        MakeList(1);
        MakeList(2);
        Match("show", "--list", "2.list", "--key", "key", "--seen", "seen");

        Refused(ExitCodes.ListRefused, "number 2 was used here before", "scan", ".", "--list", "1.list", "--key", "key", "--seen", "seen");
        Refused(ExitCodes.ListRefused, "was made for 'laboratory.example'", "scan", ".", "--list", "2.list", "--key", "key", "--seen", "seen", "--recipient", "other.example");
        Refused(ExitCodes.BrokeOff, "nowhere", "scan", "nowhere", "--list", "2.list", "--key", "key", "--seen", "seen");
        Refused(ExitCodes.Usage, "--resume needs --report", "scan", ".", "--list", "2.list", "--key", "key", "--seen", "seen", "--resume", "state");
        Refused(ExitCodes.Usage, "--radius", "scan", ".", "--list", "2.list", "--key", "key", "--seen", "seen", "--radius", "99");
        Refused(ExitCodes.Usage, "line 1", ["make-list", .. MakeListArguments(3, "key")]);
        Assert.Equal(ExitCodes.Usage, Match("scan").Code);
        Assert.Equal(ExitCodes.Usage, Match("fly").Code);
    }

    private void Refused(int code, string words, params string[] arguments)
    {
        var refused = Match(arguments);
        Assert.Contains(words, refused.Errors, StringComparison.Ordinal);
        Assert.Equal(code, refused.Code);
    }

    private (int Code, string Output, string Errors) MakeList(int number) => Match(["make-list", .. MakeListArguments(number, "records")]);

    private static string[] MakeListArguments(int number, string records) =>
    [
        "--records", records, "--signing-key", "private", "--name", "hotline.example/lists", "--series", "hotline.example/known", "--number", $"{number}",
        "--recipient", "laboratory.example", "--jurisdiction", "pl", "--out", $"{number}.list",
    ];

    private (int Code, string Output, string Errors) Match(params string[] arguments)
    {
        using var match = Process.Start(new ProcessStartInfo("dotnet", [typeof(ExitCodes).Assembly.Location, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = match.StandardError.ReadToEndAsync();
        var output = match.StandardOutput.ReadToEnd();
        match.WaitForExit();
        return (match.ExitCode, output, errors.Result);
    }
}
