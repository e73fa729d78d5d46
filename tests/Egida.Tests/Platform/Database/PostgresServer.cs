using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Egida.Tests.Platform.Database;

/// <summary>
/// A private PostgreSQL from Debian's package, one per test process: its own folder, socket and port on 127.0.0.1, nothing of the machine's
/// own clusters touched. A shell watches the test process and removes everything when it ends, however it ends.
/// </summary>
internal sealed class PostgresServer
{
    private const string Superuser = "postgres";
    private static readonly Lock Gate = new();
    private static Task<PostgresServer>? running;

    private readonly string folder;
    private readonly int port;

    // Were the object collected, its end of the pipe would close and PostgreSQL stop.
    private readonly Process watcher;
    private readonly Dictionary<string, Task<string>> templates = [];
    private int databases;

    private PostgresServer(string folder, int port)
    {
        this.folder = folder;
        this.port = port;
        watcher = Launch();
    }

    /// <summary>The server of this test process, started by whoever asks first.</summary>
    public static Task<PostgresServer> Running()
    {
        lock (Gate)
        {
            return running ??= Task.Run(Start);
        }
    }

    /// <summary>The connection string of an empty database of its own.</summary>
    public Task<string> CreateEmptyDatabase() => Create(template: "template1");

    /// <summary>
    /// The connection string of a fresh copy of a template. <paramref name="migrate"/> fills the template and runs once per process and
    /// template name; a copy costs some tens of milliseconds instead of a migration.
    /// </summary>
    public async Task<string> CreateDatabase(Func<string, Task> migrate, string templateName = "migrated")
    {
        Task<string> template;
        lock (templates)
        {
            if (!templates.TryGetValue(templateName, out template!))
            {
                template = Task.Run(() => PrepareTemplate(templateName, migrate));
                templates.Add(templateName, template);
            }
        }

        return await Create(await template);
    }

    /// <summary>Ends the connections to a database and removes it.</summary>
    public async Task DropDatabase(string connectionString)
    {
        await using (var own = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(own);
        }

        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await Execute($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private async Task<string> PrepareTemplate(string name, Func<string, Task> migrate)
    {
        await Execute($"CREATE DATABASE \"{name}\"");

        // A template can be copied only while nobody is connected to it.
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionTo(name)) { Pooling = false }.ConnectionString;
        await migrate(unpooled);
        return name;
    }

    private async Task<string> Create(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await Execute($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" STRATEGY file_copy");
        return ConnectionTo(name);
    }

    private string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Database = database,
        IncludeErrorDetail = true,
        MaxPoolSize = 20,
    }.ConnectionString;

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionTo("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer> Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = new PostgresServer(Directory.CreateTempSubdirectory("egida-pg-").FullName, FreePort());
            if (await server.IsReady())
            {
                return server;
            }

            // Between choosing the port and binding it somebody else may have taken it.
            var log = Path.Combine(server.folder, "log");
            var said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "";
            await server.watcher.WaitForExitAsync();
            if (attempt == 3)
            {
                throw new InvalidOperationException($"PostgreSQL does not start: {await server.watcher.StandardError.ReadToEndAsync()}\n{said}");
            }
        }
    }

    /// <summary>
    /// The watcher's standard input is a pipe that only this process holds: it closes when the process ends, even by kill -9. The session of
    /// its own keeps the watcher out of reach of a signal sent to the whole group.
    /// </summary>
    private Process Launch()
    {
        const string script = """
            folder=$1 port=$2 bin=$3 as=
            if [ "$(id -u)" -eq 0 ]; then
              chown postgres "$folder"
              as='setpriv --reuid postgres --regid postgres --init-groups --'
            fi
            cd "$folder" || exit 1
            end() { [ -z "$server" ] || { kill -QUIT "$server"; wait "$server"; }; cd /; rm -rf "$folder"; }
            trap end EXIT
            trap '' INT TERM HUP
            $as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
            $as "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off \
              -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=32MB \
              -c autovacuum=off -c max_wal_size=256MB -c jit=off -c timezone=UTC >>"$folder/log" 2>&1 </dev/null &
            server=$!
            while read -r line; do :; done
            """;
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in new[] { "/bin/sh", "-c", script, "egida-postgres", folder, port.ToString(CultureInfo.InvariantCulture), Binaries() })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("setsid does not start");
    }

    private async Task<bool> IsReady()
    {
        for (var attempt = 0; attempt < 600 && !watcher.HasExited; attempt++)
        {
            try
            {
                await Execute("SELECT 1");
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100);
            }
        }

        watcher.StandardInput.Close();
        return false;
    }

    /// <summary>Debian keeps one folder per major version; the newest wins.</summary>
    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .OrderByDescending(bin => double.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture))
                .First()
            : throw new InvalidOperationException("PostgreSQL is missing: ./egida test installs it, or: apt-get install postgresql");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
