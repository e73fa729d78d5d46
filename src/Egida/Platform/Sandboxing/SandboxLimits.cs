namespace Egida.Platform.Sandboxing;

/// <summary>What one file may cost. Measured figures are in docs/decisions/0011.</summary>
internal sealed record SandboxLimits
{
    public static SandboxLimits Default { get; } = new();

    public long ContentBytes { get; init; } = 256L << 20;
    public long Pixels { get; init; } = 64_000_000;

    /// <summary>Everything that the process maps: libraries, heap, pictures.</summary>
    public long AddressSpaceBytes { get; init; } = 1536L << 20;
    public TimeSpan Processor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From start to the last byte of the answer, by the wall clock.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Of the sandbox's user. New processes are forbidden altogether; this bounds threads.</summary>
    public int Threads { get; init; } = 256;

    /// <summary>The working directory, in memory; also the largest file.</summary>
    public long ScratchBytes { get; init; } = 16L << 20;
}
