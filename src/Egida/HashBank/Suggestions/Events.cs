using Egida.Platform.Actions;

namespace Egida.HashBank.Suggestions;

public sealed record HashRecordsToldApart(HashRecordId Earlier, HashRecordId Later, StaffId FoundBy) : DomainEvent;
