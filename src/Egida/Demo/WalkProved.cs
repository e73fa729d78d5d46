using Egida.Assessment;
using Egida.Audit;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 10: the log is recomputed by the operator's verb; every step is in it; a changed copy names its first bad entry.</summary>
internal static class WalkProved
{
    private static readonly string[] Steps =
    [
        "intake.file-report", "tracing.", "evidence.", "matching.recognise-item", "triage.claim-item", "assessment.show-blurred", "assessment.reveal",
        "assessment.record-reading", "routing.", "police.", "takedown.",
    ];

    private static readonly (string How, string Sql)[] Tamperings =
    [
        ("altered", "UPDATE audit_entries SET \"Data\" = replace(\"Data\", '\"actor\":\"p', '\"actor\":\"q') WHERE \"Seq\" = $seq"),
        ("dropped", "DELETE FROM audit_entries WHERE \"Seq\" = $seq"),
        ("moved", "UPDATE audit_entries SET \"Seq\" = -1 WHERE \"Seq\" = $seq; UPDATE audit_entries SET \"Seq\" = $seq WHERE \"Seq\" = $seq + 1; UPDATE audit_entries SET \"Seq\" = $seq + 1 WHERE \"Seq\" = -1"),
    ];

    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        var entries = await walk.Read(db => db.Set<AuditEntry>().AsNoTracking().Where(e => e.Subject == walk.Item.Subject).ToListAsync(cancellation));
        foreach (var step in Steps)
        {
            Walk.Holds(entries.Exists(e => e.Action.StartsWith(step, StringComparison.Ordinal)), $"the log has {step} of this item");
        }

        var looks = await walk.Read(db => db.Set<Wellbeing.Exposure>().CountAsync(e => e.ItemId == walk.Item, cancellation));
        var logged = entries.Count(e => e.Action == ShowMaterial.ShowBlurred.Name || e.Action == ShowMaterial.Reveal.Name);
        Walk.Holds(looks > 0 && looks == logged, $"every look at sealed material is in the log ({looks} looks, {logged} entries)");

        var (root, size) = await Verify(walk, "verify-audit", walk.Settings.Data, cancellation);
        var stored = await walk.Read(db => db.Set<AuditEntry>().AsNoTracking().SingleAsync(e => e.Seq == size - 1, cancellation));
        Walk.Holds(Convert.ToBase64String(stored.Root) == root, "the printed root is the stored one");
        foreach (var (how, sql) in Tamperings)
        {
            await Tampered(walk, how, sql, entries[0].Seq, cancellation);
        }

        return $"{entries.Count} entries of this item in a log of {size}, root {root}; copies with entry {entries[0].Seq} altered, dropped or moved name it";
    }

    private static async Task<(string Root, long Size)> Verify(Walk walk, string name, string data, CancellationToken cancellation)
    {
        await walk.Processes.Run(name, typeof(Walk).Assembly.Location, ["verify-audit", .. Settings(walk, data)], cancellation);
        var lines = await File.ReadAllLinesAsync(Path.Combine(walk.Processes.LogFolder, $"{name}.log"), cancellation);
        var origin = Array.IndexOf(lines, Checkpoint.Origin);
        return (lines[origin + 2], long.Parse(lines[origin + 1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>In a copy of the database one entry is altered, dropped or given its neighbour's place: the verb must name the first bad entry and fail.</summary>
    private static async Task Tampered(Walk walk, string how, string sql, long seq, CancellationToken cancellation)
    {
        var copy = Directory.CreateDirectory(Path.Combine(walk.Settings.Data, $"tampered-{how}")).FullName;
        var file = Path.Combine(copy, "egida.db");
        await walk.Read(async db => await db.Database.ExecuteSqlAsync($"VACUUM INTO {file}", cancellation));
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=false"))
        {
            await connection.OpenAsync(cancellation);
            await using var change = connection.CreateCommand();
            change.CommandText = sql;
            change.Parameters.AddWithValue("$seq", seq);
            Walk.Holds(await change.ExecuteNonQueryAsync(cancellation) > 0, $"a copy with an entry {how}");
        }

        try
        {
            await Verify(walk, $"verify-{how}", copy, cancellation);
        }
        catch (DemoFailedException e)
        {
            Walk.Holds(e.Message.Contains($"first bad entry: {seq}", StringComparison.Ordinal), $"entry {seq}, {how}, is named: {e.Message}");
            Directory.Delete(copy, recursive: true);
            return;
        }

        throw new DemoFailedException($"a copy with entry {seq} {how} passed as sound");
    }

    private static string[] Settings(Walk walk, string data) => DemoSettings.AsArguments(new Dictionary<string, string>(walk.Settings.Application)
    {
        ["Data:Folder"] = data,
        ["Keys:Folder"] = Path.Combine(walk.Settings.Data, "keys"),
    });
}
