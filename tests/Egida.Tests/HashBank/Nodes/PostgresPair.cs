using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>A PostgreSQL primary with a streaming standby that it waits for, each to be killed, started and promoted at will.</summary>
internal sealed class PostgresPair : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("egida-pair-").FullName;
    private readonly int[] ports = [FreePort(), FreePort()];
    private readonly Kept?[] servers = new Kept?[2];

    private PostgresPair()
    {
    }

    /// <summary>To whichever of the two takes changes.</summary>
    public string ToPrimary => Connection("primary");

    /// <summary>To the standby, as long as there is one.</summary>
    public string ToStandby => Connection("prefer-standby");

    /// <param name="synchronous">A commit returns when the standby has it, and shows it.</param>
    public static async Task<PostgresPair> Start(bool synchronous)
    {
        var pair = new PostgresPair();
        if (Environment.UserName == "root") await Run("chown", "postgres", pair.folder);
        await pair.AsPostgres("initdb", "-D", pair.Data(0), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await pair.StartServer(0);
        await using (var admin = await pair.Open("postgres"))
        {
            await Execute(admin, "CREATE DATABASE egida");
        }

        await using (var db = new PostgresEgidaDb(new DbContextOptionsBuilder<PostgresEgidaDb>().UseNpgsql(pair.ToPrimary).Options))
        {
            await db.Database.MigrateAsync();
        }

        await pair.AsPostgres("pg_basebackup", "-D", pair.Data(1), "-R", "-X", "stream", "-c", "fast", "--no-sync", "-h", "127.0.0.1", "-p", pair.Port(0), "-U", "postgres");
        await pair.StartServer(1);
        if (synchronous)
        {
            await using var admin = await pair.Open("postgres");
            await Execute(admin, "ALTER SYSTEM SET synchronous_standby_names = '*'");
            await Execute(admin, "ALTER SYSTEM SET synchronous_commit = 'remote_apply'");
            await Execute(admin, "SELECT pg_reload_conf()");
        }

        return pair;
    }

    /// <summary>As when the power fails; what was on the disk is there.</summary>
    public void KillPrimary() => servers[0]!.Kill();

    public async Task StartPrimary()
    {
        servers[0]!.Dispose();
        await StartServer(0);
    }

    /// <summary>The machine burns, with its disk.</summary>
    public async Task LosePrimary()
    {
        KillPrimary();
        servers[0]!.Dispose();
        servers[0] = null;
        await Run("rm", "-rf", Data(0));
    }

    /// <summary>The standby takes changes from now on, and waits for nobody.</summary>
    public async Task Promote()
    {
        await using var standby = new NpgsqlConnection($"Host=127.0.0.1;Port={Port(1)};Username=postgres;Database=postgres;Pooling=false");
        await standby.OpenAsync();
        await Execute(standby, "SELECT pg_promote()");
        await Execute(standby, "ALTER SYSTEM RESET synchronous_standby_names");
        await Execute(standby, "SELECT pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) server?.Dispose();
        await Run("rm", "-rf", folder);
    }

    private string Connection(string attributes) => new NpgsqlConnectionStringBuilder
    {
        Host = $"127.0.0.1:{Port(0)},127.0.0.1:{Port(1)}",
        Username = "postgres",
        Database = "egida",
        Timeout = 3,
        CommandTimeout = 20,
        MaxPoolSize = 20,
        TargetSessionAttributes = attributes,
        // So that a standby that was promoted is noticed soon.
        HostRecheckSeconds = 1,
    }.ConnectionString;

    private string Data(int server) => Path.Combine(folder, server == 0 ? "primary" : "standby");

    private string Port(int server) => ports[server].ToString(CultureInfo.InvariantCulture);

    private async Task StartServer(int number)
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var server = await Kept.Start(Path.Combine(folder, $"log-{number}-{Guid.CreateVersion7()}"), "setpriv", [.. AsWho, Binary("postgres"), "-D", Data(number), "-k", folder, "-p", Port(number),
                "-c", "listen_addresses=127.0.0.1", "-c", "wal_level=replica", "-c", "hot_standby=on", "-c", "max_connections=60", "-c", "shared_buffers=32MB", "-c", "max_wal_size=256MB",
                "-c", "jit=off", "-c", "timezone=UTC", "-c", "fsync=off"]);
            servers[number] = server;
            while (!server.HasEnded)
            {
                try
                {
                    await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port(number)};Username=postgres;Database=postgres;Pooling=false;Timeout=2");
                    await connection.OpenAsync();
                    return;
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException)
                {
                    await Task.Delay(50);
                }
            }

            // The processes of the server that was killed may still be leaving.
            server.Dispose();
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"PostgreSQL does not start: {string.Concat(Directory.EnumerateFiles(folder, "log-*").Order().TakeLast(1).Select(File.ReadAllText))}");
    }

    private async Task<NpgsqlConnection> Open(string database)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port(0)};Username=postgres;Database={database};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string[] AsWho => Environment.UserName == "root" ? ["--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"] : ["--"];

    private Task AsPostgres(string program, params string[] arguments) => Run("setpriv", [.. AsWho, Binary(program), .. arguments]);

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}{await output}");
    }

    private static string Binary(string name) => Path.Combine(
        Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => double.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture)).First(),
        name);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
