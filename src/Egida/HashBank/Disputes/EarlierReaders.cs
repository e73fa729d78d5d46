using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;

namespace Egida.HashBank.Disputes;

/// <summary>
/// Who assessed an item before anything of it came here. The bank knows only who proposed; whoever keeps the readings knows both readers and who settled.
/// </summary>
public sealed record EarlierReaders(Func<EgidaDb, IReadOnlyCollection<ItemId>, CancellationToken, Task<IReadOnlyList<StaffId>>> Of);
