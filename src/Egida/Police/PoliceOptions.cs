namespace Egida.Police;

/// <summary>Section <c>Police</c>.</summary>
public sealed class PoliceOptions
{
    /// <summary>Under which https address the police open Egida: the letter names it, and nothing else.</summary>
    public string? PortalUrl { get; set; }

    /// <summary>
    /// All captured objects of one file of a package together; what is more goes into further files. `openssl cms` reads a file into memory and none of two
    /// gigabytes.
    /// </summary>
    public int LargestPartMegabytes { get; set; } = 1000;

    public string? Problem() => this switch
    {
        { PortalUrl: { Length: > 0 } url } when !IsPortal(url) => "Police:PortalUrl must be an https address (http only towards this machine), such as https://egida.example.",
        { LargestPartMegabytes: < 1 or > 1900 } => "Police:LargestPartMegabytes must be 1 to 1900: openssl opens no file of two gigabytes.",
        _ => null,
    };

    internal long LargestPart => LargestPartMegabytes * 1024L * 1024;

    internal Uri? LinkTo(PolicePackageId package) =>
        PortalUrl is { Length: > 0 } url ? new Uri($"{url.TrimEnd('/')}/staff/police/{package}") : null;

    private static bool IsPortal(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
