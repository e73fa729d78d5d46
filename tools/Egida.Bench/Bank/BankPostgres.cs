using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Egida.Bench.Bank;

/// <summary>A PostgreSQL of its own, that keeps what it commits, with memory as on a machine of 24 GB. It ends with this process, however that ends.</summary>
internal sealed class BankPostgres : IDisposable
{
    private readonly Process _watcher;

    private BankPostgres(Process watcher, string connection) => (_watcher, Connection) = (watcher, connection);

    public string Connection { get; }

    public static BankPostgres Start(string folder)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        listener.Stop();
        const string script = """
            folder=$1 port=$2 bin=$3 as=
            if [ "$(id -u)" -eq 0 ]; then
              chown postgres "$folder"
              as='setpriv --reuid postgres --regid postgres --init-groups --'
            fi
            cd "$folder" || exit 1
            end() { [ -z "$server" ] || { kill -INT "$server"; wait "$server"; }; }
            trap end EXIT
            trap '' INT TERM HUP
            $as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
            $as "$bin/postgres" -D "$folder/data" -k "" -p "$port" -c listen_addresses=127.0.0.1 -c shared_buffers=2GB -c max_wal_size=8GB \
              -c checkpoint_timeout=15min -c jit=off -c timezone=UTC >>"$folder/log" 2>&1 </dev/null &
            server=$!
            while read -r line; do :; done
            """;
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", script, "egida-postgres", folder, port, Binaries()]) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" };
        var watcher = Process.Start(start)!;
        var connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=egida;Maximum Pool Size=40";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Ask(connection.Replace("Database=egida", "Database=postgres"), "CREATE DATABASE egida");
                return new BankPostgres(watcher, connection);
            }
            catch (NpgsqlException) when (attempt < 300 && !watcher.HasExited)
            {
                Thread.Sleep(100);
            }
        }
    }

    /// <summary>Of the database, without the log that is written ahead.</summary>
    public long Size() => (long)Ask(Connection, "SELECT pg_database_size('egida')")!;

    public void Dispose()
    {
        _watcher.StandardInput.Close();
        _watcher.WaitForExit();
        _watcher.Dispose();
    }

    private static object? Ask(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection + ";Pooling=false");
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        return command.ExecuteScalar();
    }

    private static string Binaries() => Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
        .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
        .MaxBy(bin => double.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), CultureInfo.InvariantCulture))
        ?? throw new InvalidOperationException("PostgreSQL is missing: apt-get install postgresql");
}
