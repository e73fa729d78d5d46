using System.Diagnostics;
using System.Text.RegularExpressions;
using Egida.Tests.Architecture;
using Egida.Tests.HashBank.Partners.Ranges;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank.Partners;

/// <summary>What the documents tell partners to type is typed, against a running host.</summary>
public sealed partial class PartnerDocumentsTests
{
    [Fact]
    public async Task The_examples_of_the_match_API_work_as_they_stand()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        var folder = Directory.CreateDirectory(Path.Combine(host.Folder, "typed")).FullName;
        File.Copy(Path.Combine(Repository.Root, "tests/Egida.HashSearch.Tests/golden/000-landscape-512x512.png"), Path.Combine(folder, "upload.png"));
        var key = await host.Admit(PartnerClient.Provider with { Kinds = ["Sha256", "Pdq", "Video"] });
        var steps = Steps("docs/partners/match-api.md", "sh");

        Assert.NotEmpty(steps);
        foreach (var step in steps)
        {
            var answer = await Type("bash", ["-euc", step], folder, host, key, Bank.HashesOf(1)[2].Value);
            Assert.Contains("\"change\":", answer, StringComparison.Ordinal);
            Assert.Equal(step.Contains("$SHA256", StringComparison.Ordinal), answer.Contains("same-bytes", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_program_for_private_look_ups_finds_what_is_known_and_nothing_else()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Known(1);
        var key = await host.Admit(PartnerClient.Provider with { MayKnow = ["Ranges"] });
        using (var partner = host.Client(key))
        {
            await GetRangeTests.Epoch(host, partner);
        }

        var program = Assert.Single(Steps("docs/partners/private-lookup.md", "python"));

        Assert.Equal("known", (await Type("python3", ["-c", program], host.Folder, host, key, Bank.HashesOf(1)[2].Value)).Trim());
        Assert.Equal("unknown", (await Type("python3", ["-c", program], host.Folder, host, key, Bank.HashesOf(2)[2].Value)).Trim());
    }

    private static List<string> Steps(string document, string language) =>
        [.. Block().Matches(Repository.Read(document)).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    private static async Task<string> Type(string program, string[] arguments, string folder, EgidaHost host, string key, string sha256)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["EGIDA"], start.Environment["KEY"], start.Environment["SHA256"]) = (host.Address.ToString().TrimEnd('/'), key, sha256);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        return output;
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
