namespace Egida.HashBank.Imports;

/// <summary>A row and the prints of its hashes and of its key, which are made while the batch before is written.</summary>
internal readonly struct PreparedRow(ImportRow row, HashPrint print, short source)
{
    public ImportRow Row { get; } = row;

    public ItemPrints Prints { get; } = row is ImportRow.Item item ? new ItemPrints(print, item.Hashes) : default;

    public ulong Key { get; } = row is ImportRow.Item { Key: { Length: <= SourceEntry.LongestKey } key } ? print.OfKey(source, key) : 0;
}
