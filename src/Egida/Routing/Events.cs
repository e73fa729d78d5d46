using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Routing;

/// <summary>It is decided whose case this is. <paramref name="Rule"/> names a rule of the country, or `by-person`.</summary>
public sealed record ItemRouted(ItemId ItemId, string Rule, IReadOnlyList<RoutedAct> Acts) : DomainEvent;
