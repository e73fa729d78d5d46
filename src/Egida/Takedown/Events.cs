using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Takedown;

/// <summary>A mail server took the notice. <paramref name="Reminder"/>: 0 for the first.</summary>
public sealed record NoticeSent(ItemId ItemId, NoticeId NoticeId, int Reminder) : DomainEvent;

/// <summary>It will not be sent any more; a person decides. <paramref name="Reason"/> is a code.</summary>
public sealed record NoticeStopped(ItemId ItemId, NoticeId NoticeId, string Reason) : DomainEvent;

/// <summary>
/// Just before the notice it was found elsewhere, or nowhere: back to routing. Or nobody has checked the registry's mailbox yet (`contact-not-approved`):
/// it goes when somebody has.
/// </summary>
public sealed record NoticeWithheld(ItemId ItemId, string Reason) : DomainEvent;

/// <summary>Checked, and there (again).</summary>
public sealed record ItemStillThere(ItemId ItemId, int Check) : DomainEvent;

/// <summary>Checked, and not there: the first, second or third time in a row.</summary>
public sealed record ItemMissed(ItemId ItemId, int Check, int InRow) : DomainEvent;

/// <summary>Checked, and nothing can be said.</summary>
public sealed record ItemUnreachable(ItemId ItemId, int Check) : DomainEvent;

/// <summary>Three misses in a row. <paramref name="RemovedAt"/> is the first of them.</summary>
public sealed record ItemRemoved(ItemId ItemId, DateTime NoticeAt, DateTime RemovedAt) : DomainEvent;

/// <summary>The provider answered; what it said is a claim until somebody or something looked.</summary>
public sealed record NoticeAnswered(ItemId ItemId, NoticeId NoticeId, NoticeAnswerId AnswerId, NoticeAnswerKind Kind) : DomainEvent;

/// <summary>The provider said that it is gone, and it is there.</summary>
public sealed record ClaimRefuted(ItemId ItemId, NoticeAnswerId AnswerId, int Check) : DomainEvent;
