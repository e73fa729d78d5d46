using Egida.Platform.Database;

namespace Egida.Intake.Receipts;

/// <summary>Codes that another feature gave out for something else than a report: whoever comes back with one needn't know which it is.</summary>
/// <param name="Find">The page that answers the code with this hash; null if it isn't theirs.</param>
public sealed record OtherReceipts(Func<EgidaDb, byte[], CancellationToken, Task<IResult?>> Find);
