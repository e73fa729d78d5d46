using Egida.Evidence;
using Egida.Platform.Database;

namespace Egida.HashBank.Sampling;

/// <summary>
/// Of which records this hotline holds sealed material that can be looked at: from whoever keeps the findings. Only those can be assessed a second time; of the others there
/// are hashes, which show nothing.
/// </summary>
/// <param name="Assessed">Objects that were assessed here, found until then and not destroyed.</param>
/// <param name="Recognised">Records whose very bytes were captured here, found until then and not destroyed.</param>
public sealed record SealedMaterial(Func<EgidaDb, DateTime, IQueryable<EvidenceId>> Assessed, Func<EgidaDb, DateTime, IQueryable<HashRecordId>> Recognised);
