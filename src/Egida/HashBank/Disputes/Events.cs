using Egida.Platform.Actions;

namespace Egida.HashBank.Disputes;

/// <param name="RecordId">Null while nobody knows which is meant, and for a flood.</param>
/// <param name="Joined">A case about it was open already.</param>
public sealed record HashDisputeFiled(HashDisputeId DisputeId, HashRecordId? RecordId, DisputeParty Party, bool Joined) : DomainEvent;

public sealed record HashDisputeTaken(HashDisputeId DisputeId) : DomainEvent;

public sealed record HashDisputeGivenBack(HashDisputeId DisputeId) : DomainEvent;

public sealed record HashDisputeLinked(HashDisputeId DisputeId, HashRecordId RecordId) : DomainEvent;

/// <param name="RecordId">Null where no record was found, and for a flood.</param>
public sealed record HashDisputeDecided(HashDisputeId DisputeId, HashRecordId? RecordId, DisputeVerdict Verdict) : DomainEvent;

public sealed record HashDisputeFloodReleased(HashDisputeId DisputeId, int Cases) : DomainEvent;
