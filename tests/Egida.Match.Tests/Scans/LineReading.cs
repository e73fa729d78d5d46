using System.Text.Json;

namespace Egida.Match.Tests.Scans;

/// <summary>What tests ask a line of a JSON report.</summary>
internal static class LineReading
{
    public static string Status(this JsonElement line) => line.GetProperty("status").GetString()!;

    public static string? Problem(this JsonElement line) => line.TryGetProperty("problem", out var problem) ? problem.GetString() : null;

    public static long Record(this JsonElement line) => line.GetProperty("matches")[0].GetProperty("record").GetInt64();

    public static string Turn(this JsonElement line) => line.GetProperty("matches")[0].GetProperty("turn").GetString()!;
}
