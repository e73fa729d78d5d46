namespace Egida.HashBank.Nodes;

/// <summary>Section <c>Lookups</c>.</summary>
internal sealed class NodeOptions
{
    /// <summary>What the node is called in the list; else machine and process.</summary>
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>A PostgreSQL connection string: look-ups are read from there, as from a standby. What they write goes to the database of all.</summary>
    public string? ReadFrom { get; set; }

    /// <summary>How often the bank is asked for changes.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the node says how it is.</summary>
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A node that is farther behind answers nothing.</summary>
    public TimeSpan MostBehind { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="MostBehind"/>
    public long MostChangesBehind { get; set; } = 2_000_000;
}
