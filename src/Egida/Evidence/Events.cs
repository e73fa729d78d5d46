using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Evidence;

/// <summary>What was there is sealed. <paramref name="Objects"/>: pages and media; <paramref name="Marked"/>: how many of them carry a mark.</summary>
public sealed record ItemCaptured(ItemId ItemId, int Objects, int Marked) : DomainEvent;

/// <summary>Nothing came. <paramref name="Reason"/> is a code.</summary>
public sealed record ItemNotCaptured(ItemId ItemId, string Reason) : DomainEvent;

/// <summary>An object lies sealed. <paramref name="Custody"/>: hex of the newest link of its chain of custody, so that the signed log vouches for it.</summary>
public sealed record EvidenceSealed(EvidenceId EvidenceId, ItemId ItemId, EvidenceKind Kind, string Custody) : DomainEvent;

/// <summary>Somebody or something did with sealed material what <paramref name="Act"/> says.</summary>
public sealed record EvidenceTouched(EvidenceId EvidenceId, ItemId ItemId, CustodyAct Act, string Custody) : DomainEvent;

/// <summary>The case key is gone: nothing of this case opens again.</summary>
public sealed record EvidenceDestroyed(ItemId ItemId, int Objects) : DomainEvent;
