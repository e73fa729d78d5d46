using System.Globalization;

namespace Egida.Match.Tool.Servers;

/// <summary>A folder in which the files of one list are kept: <c>12.egidalist</c> for number 12.</summary>
internal sealed class ListFolder(string path)
{
    private const string Ending = ".egidalist";

    public string Path => path;

    /// <summary>The files of a list that was given as a file or as a folder.</summary>
    public static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var files = Directory.GetFiles(path, "*" + Ending).Order(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new UsageException($"there is no list in the folder '{path}'. 'egida-match update' fetches one.");
    }

    public string PathOf(long number) => System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{number}{Ending}"));

    /// <summary>Where a file is while it comes; what broke off is gone on with.</summary>
    public string PathOfComing(long number) => PathOf(number) + ".part";

    /// <summary>Deletes what isn't needed any more: the lists before these, and what never came to its end.</summary>
    public void KeepOnly(IReadOnlyCollection<long> numbers)
    {
        var kept = numbers.Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(path).Where(file => file.EndsWith(Ending, StringComparison.Ordinal) || file.EndsWith(Ending + ".part", StringComparison.Ordinal)))
            if (!kept.Contains(file)) File.Delete(file);
    }
}
