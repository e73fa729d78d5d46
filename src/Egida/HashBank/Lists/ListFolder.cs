using System.Collections;
using System.Globalization;
using Egida.Platform;

namespace Egida.HashBank.Lists;

/// <summary>Where the lists' files lie, a folder for each list. What they say is signed; nothing in them is secret from who runs this.</summary>
internal sealed class ListFolder(IConfiguration configuration)
{
    private readonly string folder = DataFolder.Of(configuration, "lists");

    /// <summary>For what a list in the making has no room for in memory; on the same disk.</summary>
    public string Scratch => folder;

    public string PathOf(HashListId list, long number) => Path.Combine(Of(list), string.Create(CultureInfo.InvariantCulture, $"{number}.egidalist"));

    /// <summary>Deletes all files but these.</summary>
    public void KeepOnly(HashListId list, IEnumerable<long> numbers, long newest)
    {
        var kept = numbers.Select(number => PathOf(list, number)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Of(list), "*.egidalist").Where(file => !kept.Contains(file)).ToList())
        {
            // What is being made beside this has a higher number.
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < newest)
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>
    /// Which records were ever in a version of the list, a bit for each: only those need to be withdrawn, and of others a partner needn't learn. If the file is
    /// lost, all are taken to have been.
    /// </summary>
    /// <returns>Null: not known.</returns>
    public async Task<BitArray?> Published(HashListId list, CancellationToken cancellation)
    {
        await using var locked = await Lock(list, cancellation);
        return Read(locked);
    }

    /// <summary>Notes the records of a version, before it is published.</summary>
    public async Task Publish(HashListId list, BitArray records, bool isFirst, CancellationToken cancellation)
    {
        await using var locked = await Lock(list, cancellation);
        var all = Read(locked);
        if (all is null && !isFirst)
        {
            return;
        }

        all ??= new BitArray(0);
        var length = Math.Max(all.Length, records.Length);
        (all.Length, records.Length) = (length, length);
        var bytes = new byte[(length + 7) / 8];
        all.Or(records).CopyTo(bytes, 0);
        locked.Position = 0;
        locked.Write([1, .. bytes]);
        locked.Flush(flushToDisk: true);
    }

    private static BitArray? Read(FileStream locked)
    {
        var bytes = new byte[locked.Length];
        locked.Position = 0;
        locked.ReadExactly(bytes);
        return bytes.Length == 0 ? null : new BitArray(bytes[1..]);
    }

    private async Task<FileStream> Lock(HashListId list, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(Path.Combine(Of(list), "published"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 200)
            {
                // Two versions of one list are seldom made at once, and this takes milliseconds.
                await Task.Delay(50, cancellation);
            }
        }
    }

    private string Of(HashListId list) => Directory.CreateDirectory(Path.Combine(folder, list.Value.ToString("N"))).FullName;
}
