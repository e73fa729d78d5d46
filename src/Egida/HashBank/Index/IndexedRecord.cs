namespace Egida.HashBank.Index;

/// <summary>A record as the index follows it.</summary>
/// <param name="Further">Its other hashes, frames of videos among them; null if it has none.</param>
internal readonly record struct IndexedRecord(
    int Id, long Change, byte[]? Md5, byte[]? Sha1, byte[]? Sha256, byte[]? Pdq, byte? PdqQuality, IReadOnlyList<(HashKind Kind, byte[] Value, byte? Quality)>? Further);
