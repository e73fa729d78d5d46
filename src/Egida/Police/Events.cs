using Egida.Intake;
using Egida.Platform.Actions;

namespace Egida.Police;

/// <summary>The case package of an item lies sealed for the police, and nobody else can open it.</summary>
public sealed record PolicePackageSealed(ItemId ItemId, Guid PackageId) : DomainEvent;

/// <summary>Its files have their time stamps: it can be told and given. <paramref name="Sha256"/>: of each encrypted file, so that what left can be proved from the log.</summary>
public sealed record PolicePackageStamped(ItemId ItemId, Guid PackageId, IReadOnlyList<string> Sha256) : DomainEvent;

/// <summary>The police were told that a package waits for them: from now on others may be told too.</summary>
public sealed record PoliceNotified(ItemId ItemId, Guid PackageId) : DomainEvent;

/// <summary>The letter to the police is not sent any more; a person must tell them. <paramref name="Reason"/> is a code.</summary>
public sealed record PoliceLetterStopped(ItemId ItemId, Guid PackageId, string Reason) : DomainEvent;

/// <summary>The police took a file of the package, or the rest of one from <paramref name="From"/> on.</summary>
public sealed record PolicePackageFetched(ItemId ItemId, Guid PackageId, int Part, long From, bool ToEnd) : DomainEvent;
