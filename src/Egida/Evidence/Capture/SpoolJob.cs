using System.Text.Json;
using System.Text.Json.Serialization;

namespace Egida.Evidence.Capture;

internal enum JobKind
{
    /// <summary>Fetch the page and its media, seal them.</summary>
    Page,

    /// <summary>Is it still there? Nothing is kept.</summary>
    Probe,
}

/// <summary>What the worker asks the capture process to do. Limits aren't in it: they are the capture process's own, and nobody outside can loosen them.</summary>
internal sealed record SpoolJob(string Id, JobKind Kind, IReadOnlyList<string> Addresses, DateTime AskedAt);

/// <summary>What the capture process hands back: one per job, beside the sealed objects that it lists.</summary>
internal sealed record Manifest
{
    public required string Job { get; init; }

    public required JobKind Kind { get; init; }

    public required string Tool { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime FinishedAt { get; init; }

    /// <summary>Why nothing was captured: a code. Null when something was.</summary>
    public string? Failure { get; init; }

    public IReadOnlyList<ManifestObject> Objects { get; init; } = [];

    /// <summary>What the page pointed at and didn't come: the reason, a code, for each.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    public IReadOnlyList<ProbeFinding> Findings { get; init; } = [];

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

/// <param name="WrappedKey">The object's key under the intake key (RSA-OAEP-SHA256): the capture process can't open what it sealed.</param>
internal sealed record ManifestObject(
    Guid Id, EvidenceKind Kind, string Address, string? MediaType, long Size, string Sha256, long SealedSize, string SealedSha256,
    byte[] WrappedKey, IReadOnlyList<string> Marks, DateTime CapturedAt);

internal sealed record ProbeFinding(string? Failure, int? Status, string? MediaType, long Size, string? Sha256, IReadOnlyList<string> Marks);
