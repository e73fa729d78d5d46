using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Platform.Verbs;

/// <summary>What an operator reads when a verb finds something else than a whole installation.</summary>
public sealed class InstallationTests
{
    [Theory]
    [InlineData("verify-audit")]
    [InlineData("serve")]
    [InlineData("work")]
    [InlineData("staff", "list")]
    public async Task Where_there_is_nothing_a_verb_says_how_to_begin_and_makes_no_database(params string[] verb)
    {
        var root = Directory.CreateTempSubdirectory("egida-nothing-").FullName;

        var (code, output) = await ChildProcess.Egida(root, verb);

        Assert.Equal(1, code);
        Assert.Contains("./egida migrate", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(root, "data", "egida.db")));
    }

    [Theory]
    [InlineData("--force", "migrate", "--force", "--Data:Folder=DIR")]
    [InlineData("now", "migrate", "--Data:Folder=DIR", "now")]
    [InlineData("now", "verify-audit", "--Data:Folder=DIR", "now")]
    [InlineData("--dry-run", "serve", "--Urls=http://127.0.0.1:0", "--dry-run")]
    public async Task A_word_that_no_verb_knows_is_named_and_nothing_is_done(string slip, params string[] verb)
    {
        var root = Directory.CreateTempSubdirectory("egida-slip-").FullName;

        var (code, output) = await ChildProcess.Egida(root, [.. verb.Select(v => v.Replace("DIR", root, StringComparison.Ordinal))]);

        Assert.Equal(2, code);
        Assert.Contains($"'{slip}'", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Fact]
    public async Task A_file_whose_name_begins_with_an_at_sign_is_hashed_like_any_other()
    {
        var folder = Directory.CreateTempSubdirectory("egida-at-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "@nick.png"), Sandboxing.HostileFiles.Golden("004-text-64x64.png"));

        var (code, output) = await ChildProcess.Run("/bin/sh", ["-c", $"cd '{folder}' && exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Egida.dll")}' hash pdq --csv @nick.png"]);

        Assert.True(code == 0, output);
        Assert.Contains("@nick.png,79cde43d26404752b2d832d817d8b4d8966053c099bfb6d8cd2fc99be966e3c0,100", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_an_older_version_is_named_before_anything_is_done()
    {
        var root = Directory.CreateTempSubdirectory("egida-old-").FullName;
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "data")).FullName, "egida.db");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var make = connection.CreateCommand();
            make.CommandText = "CREATE TABLE something (id INTEGER)";
            await make.ExecuteNonQueryAsync();
        }

        var (code, output) = await ChildProcess.Egida(root, "verify-audit");

        Assert.Equal(1, code);
        Assert.Contains("migration(s) of this version", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_demo_the_log_of_the_demo_is_verified_unless_another_installation_is_named()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Act();
        var root = Directory.CreateTempSubdirectory("egida-demo-").FullName;
        var demo = Directory.CreateDirectory(Path.Combine(root, "data", "demo")).FullName;
        // As a backup makes it: one file, not in WAL mode.
        var copy = Path.Combine(demo, "egida.db");
        await host.Read(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));

        var (code, output) = await ChildProcess.Egida(root, "verify-audit", $"--Keys:Folder={Path.Combine(host.Folder, "keys")}");
        var (elsewhere, _) = await ChildProcess.Egida(root, "verify-audit", $"--Data:Folder={Path.Combine(root, "other")}");

        Assert.Contains("this is the demo", output, StringComparison.Ordinal);
        Assert.Contains("The log is sound: 1 entries.", output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (code, elsewhere));
    }

    [Fact]
    public async Task A_wrong_setting_is_answered_with_a_sentence_not_a_stack_trace()
    {
        var (code, output) = await ChildProcess.Egida(Path.GetTempPath(), "migrate", "--Database:Provider=oracle");

        Assert.Equal(1, code);
        Assert.Contains("it must be sqlite or postgres", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_on_a_taken_port_says_so_before_it_empties_anything()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("egida-taken-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, ".egida-demo"), "");

        var (code, output) = await ChildProcess.Egida(folder, "demo", "--simulators", "none.dll", "--data", folder, "--port", $"{port}");

        Assert.Equal(1, code);
        Assert.Contains($"port {port} can't be used", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, ".egida-demo")));
    }
}
