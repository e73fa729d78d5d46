using Egida.HashSearch;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>The words that all reports use.</summary>
internal static class ReportWords
{
    private static readonly (RecordFlags Flag, string Word)[] s_flags =
    [
        (RecordFlags.Collides, "collides"), (RecordFlags.VictimIdentified, "victim-identified"), (RecordFlags.Distributed, "distributed"),
        (RecordFlags.Series, "series"), (RecordFlags.Disputed, "disputed"),
    ];

    public static string Of(FileStatus status) => status switch
    {
        FileStatus.Known => "known",
        FileStatus.Near => "near",
        FileStatus.Unknown => "unknown",
        _ => "not-seen",
    };

    public static string Of(ListKinds kind) => kind.ToString().ToLowerInvariant();

    public static IEnumerable<string> Of(RecordFlags flags) => s_flags.Where(flag => flags.HasFlag(flag.Flag)).Select(flag => flag.Word);

    public static string Of(Dihedral turn) => turn.ToString().ToLowerInvariant();

    /// <summary>What kind of file it is; empty for those that aren't media.</summary>
    public static string MediaOf(Content? content) => content is { IsPicture: true } or { IsVideo: true } ? content.Format.ToString().ToLowerInvariant() : "";
}
