namespace Egida.Police;

/// <summary>Section <c>Police</c>. The recipient's certificate (<c>Police:RecipientCertificate</c>) is read by the contact book.</summary>
public sealed class PoliceOptions
{
    /// <summary>Under which https address the police open Egida: the letter names it, and nothing else.</summary>
    public string? PortalUrl { get; set; }

    /// <summary>All captured objects of a package together. A package is made in memory and takes about five times as much.</summary>
    public int LargestPackageMegabytes { get; set; } = 200;

    /// <summary>Of the summary in the package: pl, en or uk.</summary>
    public string Language { get; set; } = "pl";

    public string? Problem() => this switch
    {
        { PortalUrl: { Length: > 0 } url } when !IsPortal(url) => "Police:PortalUrl must be an https address (http only towards this machine), such as https://egida.example.",
        { LargestPackageMegabytes: < 1 or > 400 } => "Police:LargestPackageMegabytes must be 1 to 400: packages are made in memory.",
        { Language: not ("pl" or "en" or "uk") } => "Police:Language must be pl, en or uk.",
        _ => null,
    };

    internal Uri? LinkTo(PolicePackageId package) =>
        PortalUrl is { Length: > 0 } url ? new Uri($"{url.TrimEnd('/')}/staff/police/{package}") : null;

    private static bool IsPortal(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
