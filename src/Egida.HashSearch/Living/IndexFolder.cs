using System.Globalization;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>The names of an index's files. Numbers are given once and never again.</summary>
internal sealed class IndexFolder(string path)
{
    private const string SegmentSuffix = ".near";
    private const string LogSuffix = ".log";
    private const string ManifestName = "manifest";

    private static string TemporarySuffix => SectionFileWriter.TemporaryPath("");

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Manifest => At(ManifestName);

    public string Lock => At("lock");

    public string Segment(long number) => At(number.ToString("D8", CultureInfo.InvariantCulture) + SegmentSuffix);

    public string Log(long number) => At(number.ToString("D8", CultureInfo.InvariantCulture) + LogSuffix);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public static bool IsSegment(string name, out long number) => IsNumbered(name, SegmentSuffix, out number);

    public static bool IsLog(string name, out long number) => IsNumbered(name, LogSuffix, out number);

    /// <summary>A file that was being written when a process ended.</summary>
    public static bool IsTemporary(string name) =>
        name.EndsWith(TemporarySuffix, StringComparison.Ordinal) && name[..^TemporarySuffix.Length] is var whole
        && (whole == ManifestName || IsSegment(whole, out _));

    private static bool IsNumbered(string name, string suffix, out long number)
    {
        number = 0;
        return name.EndsWith(suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, name.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
