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
/// <param name="Files">The one to be named first in machine-readable form stands first.</param>
internal sealed record NoticeFacts(
    NoticeId Id, string Number, int Reminder, DateTime At, ReportedAddress Url, string? Host, IPAddress? Ip, string? CountryCode, long? AutonomousSystem,
    string? Provider, string Classification, DetectionMethod Detection, DateTime SeenAt, IReadOnlyList<FileHashes> Files);
