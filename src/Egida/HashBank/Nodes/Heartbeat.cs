using System.Globalization;
using System.Reflection;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Nodes;

/// <summary>Writes this process's row of the list of nodes, and takes out those that have been silent for long. It is no act of anybody: the log of actions says nothing of it.</summary>
internal sealed class Heartbeat(IOptions<NodeOptions> options, LookupDatabase lookups, NodeRole role, TimeProvider clock)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    private static readonly string Version = typeof(Heartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } version
        ? version[..Math.Min(40, version.Length)]
        : "";

    private readonly DateTime startedAt = clock.GetUtcNow().UtcDateTime;

    private string Name => options.Value.Name.Length > 80 ? options.Value.Name[..80] : options.Value.Name;

    public async Task Beat(EgidaDb db, NodeHealth.Verdict verdict, string? complaint, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (own, mapped) = Memory();
        var (state, seconds, problem) = ((byte)verdict.State, verdict.TimeBehind.TotalSeconds, verdict.Problem ?? complaint);
        if (problem?.Length > 200) problem = problem[..200];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO hash_nodes ("Name", "OnlyLookups", "ReadsStandby", "Version", "StartedAt", "SeenAt", "State", "Followed", "ChangesBehind", "SecondsBehind", "OwnMegabytes", "MappedMegabytes", "Problem")
            VALUES ({Name}, {role.OnlyLookups}, {lookups.IsStandby}, {Version}, {startedAt}, {now}, {state}, {verdict.Followed}, {verdict.ChangesBehind}, {seconds}, {own}, {mapped}, {problem})
            ON CONFLICT ("Name") DO UPDATE SET "OnlyLookups" = excluded."OnlyLookups", "ReadsStandby" = excluded."ReadsStandby", "Version" = excluded."Version",
                "StartedAt" = excluded."StartedAt", "SeenAt" = excluded."SeenAt", "State" = excluded."State", "Followed" = excluded."Followed",
                "ChangesBehind" = excluded."ChangesBehind", "SecondsBehind" = excluded."SecondsBehind", "OwnMegabytes" = excluded."OwnMegabytes",
                "MappedMegabytes" = excluded."MappedMegabytes", "Problem" = excluded."Problem"
            """,
            cancellation);
        var silent = now - Forgotten;
        await db.Set<HashNode>().Where(n => n.SeenAt < silent).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>It leaves of itself.</summary>
    public Task End(EgidaDb db, CancellationToken cancellation) => db.Set<HashNode>().Where(n => n.Name == Name).ExecuteDeleteAsync(cancellation);

    /// <summary>What of this process is in memory, as the system counts: of its own, and of files (the index).</summary>
    internal static (int Own, int Mapped) Memory()
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status))
        {
            return ((int)(Environment.WorkingSet >> 20), 0);
        }

        var lines = File.ReadAllLines(status);
        return (Megabytes("RssAnon:"), Megabytes("RssFile:") + Megabytes("RssShmem:"));

        int Megabytes(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? (int)(long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) >> 10)
            : 0;
    }
}

/// <summary>What this process is for.</summary>
internal sealed record NodeRole(bool OnlyLookups);
