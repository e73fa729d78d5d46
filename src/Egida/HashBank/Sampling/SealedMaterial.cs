using Egida.Evidence;
using Egida.Platform.Database;

namespace Egida.HashBank.Sampling;

/// <summary>
/// Of which records this hotline holds sealed material that can be looked at: from whoever keeps the findings. Only those can be assessed a second time; of the others there
/// are hashes, which show nothing.
/// </summary>
/// <param name="Assessed">Objects that were assessed here, found until then and not destroyed.</param>
/// <param name="Recognised">Records whose very bytes were captured here, found until then and not destroyed.</param>
/// <param name="Has">Is there something to look at for this record, by its own number or one that was merged into it?</param>
public sealed record SealedMaterial(
    Func<EgidaDb, DateTime, IQueryable<SealedMaterial.Assessment>> Assessed,
    Func<EgidaDb, DateTime, IQueryable<SealedMaterial.Recognition>> Recognised,
    Func<EgidaDb, HashRecordId, DateTime, CancellationToken, Task<bool>> Has)
{
    /// <summary>An object that was assessed, with the digests that it was proposed with, in hex.</summary>
    public sealed record Assessment
    {
        public required EvidenceId Evidence { get; init; }

        public required string Sha256 { get; init; }

        public required string Sha1 { get; init; }

        public required DateTime FoundAt { get; init; }
    }

    /// <summary>An object that was known when it came.</summary>
    public sealed record Recognition
    {
        /// <summary>The number as it was then; the record may have become part of another one.</summary>
        public required HashRecordId Record { get; init; }

        public required DateTime FoundAt { get; init; }
    }
}
