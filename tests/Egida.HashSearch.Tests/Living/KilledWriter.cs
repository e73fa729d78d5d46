using System.Globalization;

namespace Egida.HashSearch.Tests.Living;

/// <summary>
/// The process that <see cref="KilledProcessTests"/> starts and kills: it adds to an index, one batch after the other, and says after each
/// that it is confirmed.
/// </summary>
internal static class KilledWriter
{
    public const int BatchRecords = 40;

    public static int Main(string[] args)
    {
        if (args is not ["write", var folder, var first]) return 2;
        using var index = LivingNearIndex.Open(folder, new() { MemtableRecords = 128 });
        var changes = new NearChanges();
        for (var batch = int.Parse(first, CultureInfo.InvariantCulture); ; batch++)
        {
            changes.Clear();
            for (var i = 0; i < BatchRecords; i++) changes.Add(HashOf(batch), batch * BatchRecords + i);
            // Of every batch but the newest only one record remains.
            for (var i = 1; i < BatchRecords && batch > 0; i++) changes.Remove((batch - 1) * BatchRecords + i);
            index.Make(changes);
            Console.WriteLine(batch.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static Hash256 HashOf(int batch) => Codes.Uniform(new(batch));
}
