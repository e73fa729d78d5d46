namespace Egida.HashSearch;

/// <summary>What a <see cref="LivingNearIndex"/> consists of at this moment.</summary>
/// <param name="Records">Hashes of records, those that were removed since the last compaction included.</param>
/// <param name="InMemory">How many of them are in memory and the write-ahead log, and not in a segment yet.</param>
/// <param name="Segments">How many segments there are.</param>
/// <param name="Tombstones">Removals that compaction hasn't carried out yet.</param>
/// <param name="Failure">Why compaction fails at present; it is tried again. Null if all is well.</param>
public sealed record LivingNearIndexStatus(long Records, int InMemory, int Segments, int Tombstones, Exception? Failure);
