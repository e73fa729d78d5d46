using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Matching;

/// <summary>Every media object of the item was looked up.</summary>
public sealed record ItemRecognised(ItemId ItemId, int Known, int Near, int Unknown, int Undecodable) : DomainEvent;
