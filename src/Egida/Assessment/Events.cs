using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Assessment;

/// <summary>Somebody read the item. <paramref name="Ordinal"/>: 1 first, 2 blind second, 3 settles.</summary>
public sealed record ReadingRecorded(ItemId ItemId, int Ordinal, string RuleSet) : DomainEvent;

/// <summary>First and second reading lead to different outcomes: a third decides.</summary>
public sealed record ReadingsDiffer(ItemId ItemId) : DomainEvent;

/// <summary>Two readings agree, or the third settled it. <paramref name="FirstReader"/>: the first of those whose labels hold.</summary>
public sealed record AssessmentConfirmed(ItemId ItemId, ItemOutcome Outcome, StaffId FirstReader) : DomainEvent;
