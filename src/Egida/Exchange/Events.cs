using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Exchange;

/// <summary>The sister hotline has it; here the road ends.</summary>
public sealed record HandedOverToSisterHotline(ItemId ItemId, string Country, string Reference) : DomainEvent;

/// <summary>The exchange refused for good; a person decides.</summary>
public sealed record HandOverRefused(ItemId ItemId, string Country, string Reference) : DomainEvent;

/// <summary>Just before the hand-over it was found elsewhere (`moved`: back to routing), or nowhere (a person decides).</summary>
public sealed record HandOverWithheld(ItemId ItemId, string Reason) : DomainEvent;
