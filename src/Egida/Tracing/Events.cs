using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Tracing;

/// <summary>It is known where the item is hosted, as far as it can be known; the road goes on.</summary>
public sealed record ItemTraced(ItemId ItemId, HostingTraceId HostingTraceId, string? CountryCode) : DomainEvent;

/// <summary>There is nowhere to go: forbidden address space, or no such host. A person decides.</summary>
public sealed record ItemNotTraceable(ItemId ItemId, PersonNeeded Reason) : DomainEvent;

/// <summary>Looked up anew when it was captured already; nothing is set in motion by this.</summary>
public sealed record ItemTracedAgain(ItemId ItemId, HostingTraceId HostingTraceId, string? CountryCode) : DomainEvent;

/// <summary>It is hosted elsewhere than at the trace before. <paramref name="To"/> is the new one.</summary>
public sealed record ItemMoved(ItemId ItemId, HostingTraceId From, HostingTraceId To) : DomainEvent;

/// <summary>Its name led somewhere before and leads nowhere now.</summary>
public sealed record ItemWentOffline(ItemId ItemId, HostingTraceId LastSeen) : DomainEvent;
