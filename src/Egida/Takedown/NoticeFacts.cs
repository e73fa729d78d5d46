using System.Net;
using Egida.Intake;

namespace Egida.Takedown;

public enum DetectionMethod
{
    HashMatch,
    ManualReview,
}

/// <summary>The hashes of one captured file; hexadecimal, lower case.</summary>
public sealed record FileHashes(string? Md5, string? Sha1, string Sha256);

/// <summary>Everything that a notice says about one item, and nothing of the content itself: there is no member that could hold a picture.</summary>
/// <param name="Classification">XARF: baseline, A1, A2, B1 or B2.</param>
/// <param name="SeenAt">When the capture process last found it there.</param>
/// <param name="ClaimedAt">When the provider said that it is gone, and a look afterwards found it there; else null.</param>
/// <param name="Files">The one to be named first in machine-readable form stands first.</param>
internal sealed record NoticeFacts(
    NoticeId Id, string Number, ReportedAddress Url, string? Host, IPAddress? Ip, string? CountryCode, long? AutonomousSystem,
    string? Provider, string Classification, DetectionMethod Detection, DateTime SeenAt, DateTime? ClaimedAt,
    IReadOnlyList<FileHashes> Files);

/// <summary>One letter, for one or several items of one provider.</summary>
/// <param name="Reminder">0 for first notices; else the highest of those in it.</param>
/// <param name="Firsts">The letters that this one reminds of.</param>
/// <param name="Page">The provider's page in the country's language; null where there is none.</param>
internal sealed record LetterFacts(
    NoticeLetterId Id, DateTime At, int Reminder, IReadOnlyList<NoticeFacts> Notices, IReadOnlyList<NoticeLetterId> Firsts, Uri? Page, Uri? EnglishPage, DateTime PageUntil);
