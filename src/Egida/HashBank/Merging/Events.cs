using Egida.Platform.Actions;

namespace Egida.HashBank.Merging;

public sealed record HashMergeProposed(HashMergeId MergeId, HashRecordId Survivor, HashRecordId Merged, StaffId ProposedBy) : DomainEvent;

/// <param name="TakesOut">One of them was in use, and both together aren't.</param>
public sealed record HashRecordsMerged(HashMergeId MergeId, HashRecordId Survivor, HashRecordId Merged, StaffId DecidedBy, bool TakesOut) : DomainEvent;

public sealed record HashMergeDeclined(HashMergeId MergeId, StaffId DeclinedBy) : DomainEvent;

public sealed record HashRecordsSeparated(HashMergeId MergeId, HashRecordId Survivor, HashRecordId Merged, StaffId SeparatedBy) : DomainEvent;
