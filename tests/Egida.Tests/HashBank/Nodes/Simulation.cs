namespace Egida.Tests.HashBank.Nodes;

/// <summary>What a run of <c>./egida simulate</c> says while it goes on; tests keep silent.</summary>
internal static class Simulation
{
    private static readonly string? s_log = Environment.GetEnvironmentVariable("EGIDA_SIMULATE_LOG");
    private static readonly Lock s_gate = new();

    public static void Say(string line)
    {
        if (s_log is null) return;
        lock (s_gate) File.AppendAllText(s_log, $"{DateTime.UtcNow:HH:mm:ss} {line}\n");
    }
}
