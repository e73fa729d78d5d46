using Egida.Platform.Actions;

namespace Egida.Blocking;

public sealed record BlockProposed(BlockedDomainId EntryId, BlockScope Scope, string Basis, int Items, int Others, StaffId ProposedBy) : DomainEvent;

public sealed record BlockDecided(BlockedDomainId EntryId, StaffId ProposedBy, StaffId DecidedBy) : DomainEvent;

/// <param name="Version">The version of the list that has it no more; null if none had it.</param>
public sealed record BlockEnded(BlockedDomainId EntryId, BlockEnd Because, long? Version) : DomainEvent;

public sealed record BlockReviewAsked(BlockedDomainId EntryId) : DomainEvent;

public sealed record BlockReviewed(BlockedDomainId EntryId, DateTime NextReviewBy, StaffId ReviewedBy) : DomainEvent;
