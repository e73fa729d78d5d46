using Egida.Platform.Actions;

namespace Egida.HashBank.Imports;

public sealed record HashImportBegun(ImportRunId ImportId, short SourceId, string Format, string Fingerprint) : DomainEvent;

/// <summary>A batch, or a part of it that says something else about the same records.</summary>
/// <param name="Digest">SHA-256 over what was contributed: <see cref="ContributionDigest"/>.</param>
public sealed record HashesImported(ImportRunId ImportId, int Statement, int Records, string Digest) : DomainEvent;

/// <param name="Withdrawn">So many records it would have made the source not stand for any more.</param>
public sealed record HashImportHeld(ImportRunId ImportId, int Withdrawn, int StoodBefore) : DomainEvent;

public sealed record HashImportEnded(ImportRunId ImportId, ImportState State, long New, long Joined, long Same, long TakenBack, long Refused) : DomainEvent;
