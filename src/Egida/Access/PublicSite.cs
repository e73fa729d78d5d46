namespace Egida.Access;

/// <summary>
/// Under which address this installation is seen: passkeys are bound to its host and no page of another origin may use them.
/// Without <c>Access:PublicUrl</c> it is this machine, on any port.
/// </summary>
internal sealed record PublicSite(Uri? Url)
{
    public const string Setting = "Access:PublicUrl";

    /// <summary>WebAuthn's relying party id.</summary>
    public string Domain => Url?.IdnHost ?? "localhost";

    /// <exception cref="InvalidOperationException">The setting can't be used: says how it must look.</exception>
    public static PublicSite Of(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => new PublicSite((Uri?)null),
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && IsUsable(url) => new PublicSite(url),
        var text => throw new InvalidOperationException(
            $"{Setting} is '{text}': it must be an https address with a host name and nothing after it, such as https://hotline.example/ (http only for localhost)."),
    };

    /// <summary>Whether a page of this origin (scheme, host, port) is ours.</summary>
    public bool IsOwn(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (Url is null
            ? from.Host == Domain && from.Scheme is ("http" or "https")
            : Uri.Compare(from, Url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);

    private static bool IsUsable(Uri url) =>
        url is { HostNameType: UriHostNameType.Dns, PathAndQuery: "/", UserInfo: "" } && (url.Scheme == "https" || (url.Scheme == "http" && url.Host == "localhost"));
}
