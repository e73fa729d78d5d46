using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Police;

/// <summary>The case package of an item lies sealed for the police, and nobody else can open it.</summary>
public sealed record PolicePackageSealed(ItemId ItemId, Guid PackageId) : DomainEvent;

/// <summary>The police were told that a package waits for them: from now on others may be told too.</summary>
public sealed record PoliceNotified(ItemId ItemId, Guid PackageId) : DomainEvent;

/// <summary>The letter to the police is not sent any more; a person must tell them. <paramref name="Reason"/> is a code.</summary>
public sealed record PoliceLetterStopped(ItemId ItemId, Guid PackageId, string Reason) : DomainEvent;

/// <summary>The police took the package.</summary>
public sealed record PolicePackageFetched(ItemId ItemId, Guid PackageId) : DomainEvent;
