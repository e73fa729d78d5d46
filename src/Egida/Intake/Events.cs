using Egida.Platform.Actions;

namespace Egida.Intake;

/// <summary>A report arrived. <paramref name="Joined"/>: it was added to an item that was known before.</summary>
public sealed record ReportFiled(ReportId ReportId, ItemId ItemId, IntakeChannel Channel, ReportedConcern Concern, bool Joined) : DomainEvent;

/// <summary>A place was reported for the first time. <paramref name="Fetchable"/>: its address could be normalised to http or https.</summary>
public sealed record ItemOpened(ItemId ItemId, bool Fetchable) : DomainEvent;

/// <summary>Something that was gone when its item was closed has been reported again; a person looks.</summary>
public sealed record ItemReopened(ItemId ItemId, ItemClosure Was) : DomainEvent;
