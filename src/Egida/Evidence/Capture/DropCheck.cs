using System.Text.RegularExpressions;
using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <summary>
/// The process that handles hostile servers may itself be taken over: nothing in its manifest is believed beyond what the database can bear.
/// What its objects contain is checked by hash and seal elsewhere.
/// </summary>
internal static partial class DropCheck
{
    /// <exception cref="InvalidDataException">The manifest isn't one that our capture process would write for this job.</exception>
    public static Manifest Check(Manifest drop, SpoolJob job, FetchLimits limits)
    {
        Must(drop.Job == job.Id && drop.Kind == job.Kind, "job");
        Must(drop.Objects.Count <= limits.SubResources + 2 && drop.Missed.Count <= limits.SubResources + 2, "count");
        Must(drop.Findings.Count <= job.Addresses.Count, "findings");
        Must(drop.Tool.Length <= 80 && (drop.Failure is null || IsCode(drop.Failure)) && drop.Missed.All(IsCode), "codes");
        Must(drop.Objects.Select(o => o.Id).Distinct().Count() == drop.Objects.Count, "ids");
        foreach (var one in drop.Objects)
        {
            Must(one.Kind is EvidenceKind.Page or EvidenceKind.Media or EvidenceKind.Transfer, "kind");
            Must(one.Address.Length <= WebAddress.LongestAddress && (one.MediaType is null || one.MediaType.Length <= 100), "lengths");
            Must(one.Size >= 0 && one.SealedSize == Sealing.SealedFormat.SealedSize(one.Size), "size");
            Must(IsSha256(one.Sha256) && IsSha256(one.SealedSha256), "hashes");
            Must(one.Marks.Count <= 12 && one.Marks.All(IsCode) && one.Marks.Sum(m => m.Length + 1) <= 500, "marks");
        }

        foreach (var finding in drop.Findings)
        {
            Must((finding.Failure is null || IsCode(finding.Failure)) && (finding.Sha256 is null || IsSha256(finding.Sha256)), "finding");
        }

        return drop;
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException($"The manifest's {what} can't be right.");
        }
    }

    private static bool IsCode(string text) => Code().IsMatch(text);

    private static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    [GeneratedRegex(@"^[a-z0-9:-]{1,80}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
