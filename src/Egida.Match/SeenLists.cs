using System.Globalization;
using System.Security.Cryptography;
using Egida.Match.Notes;
using Egida.Match.Reading;

namespace Egida.Match;

/// <summary>
/// Remembers, in a small file, the newest number of each series that was used on this machine. A list that is put back in place of a newer one would
/// bring withdrawn records back; and two lists with one number mean that somebody signed twice.
/// </summary>
/// <param name="path">The file; made when it is needed first.</param>
public sealed class SeenLists(string path)
{
    private readonly Lock _writing = new();

    /// <summary>The newest number of a series that was used; 0 if none was.</summary>
    /// <exception cref="InvalidDataException">The file isn't one of these.</exception>
    public long NewestOf(string series) => Read().GetValueOrDefault(series).Number;

    internal void Take(ListFile newest)
    {
        lock (_writing)
        {
            var (series, number) = (newest.Header.Series, newest.Header.Number);
            var digest = Convert.ToHexStringLower(SHA256.HashData(NoteText.Bytes(newest.Note)));
            var all = Read();
            var known = all.GetValueOrDefault(series);
            if (number < known.Number)
            {
                throw new ListRefusedException(ListProblem.Replayed, newest.Path, $"is number {number} of '{series}', and number {known.Number} was used here before",
                    "Fetch the newest list, or give the newer delta with it.");
            }
            if (number > known.Number)
            {
                all[series] = (number, digest);
                Write(all);
            }
            else if (digest != known.Digest)
            {
                throw new ListRefusedException(ListProblem.Replayed, newest.Path, $"is number {number} of '{series}', but not the list of that number which was used here before",
                    "Ask the hotline which of them is right.");
            }
        }
    }

    // A line for each series: number, digest of the signed header, series.
    private SortedDictionary<string, (long Number, string Digest)> Read()
    {
        var all = new SortedDictionary<string, (long, string)>(StringComparer.Ordinal);
        if (!File.Exists(path)) return all;
        foreach (var line in File.ReadLines(path))
        {
            var parts = line.Split(' ');
            if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !all.TryAdd(parts[2], (number, parts[1])))
                throw new InvalidDataException($"'{path}' should remember which lists were used, and can't be read. If nobody knows why, look into it; then delete the file.");
        }
        return all;
    }

    private void Write(SortedDictionary<string, (long Number, string Digest)> all)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        var next = $"{path}.{Environment.ProcessId}";
        File.WriteAllLines(next, all.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Value.Number} {entry.Value.Digest} {entry.Key}")));
        File.Move(next, path, overwrite: true);
    }
}
