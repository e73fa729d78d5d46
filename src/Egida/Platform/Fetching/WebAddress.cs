namespace Egida.Platform.Fetching;

/// <summary>What may be fetched at all: http and https on their own ports. Anything else is a person's decision.</summary>
internal static class WebAddress
{
    public const int LongestAddress = 16_384;

    /// <returns>The reason for refusing, a code; null when it may be tried.</returns>
    public static string? Refusal(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "forbidden-address:relative",
        { Scheme: not ("http" or "https") } => "forbidden-scheme",
        { Host.Length: 0 } => "forbidden-address:no-host",
        { Port: not (80 or 443) } => "forbidden-port",
        _ => null,
    };

    /// <summary>A link as it stands in a header or a page, seen from where it stands. Null when it can't be understood.</summary>
    public static Uri? Follow(Uri from, string link)
    {
        if (link.Length > LongestAddress)
        {
            return null;
        }

        try
        {
            return Uri.TryCreate(from, link, out var target) && target.IsAbsoluteUri ? WithoutExtras(target) : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>A user name and password in an address are never sent; the part after # never leaves a browser either.</summary>
    private static Uri WithoutExtras(Uri address) =>
        address.UserInfo.Length == 0 && address.Fragment.Length == 0 || address.Scheme is not ("http" or "https")
            ? address
            : new UriBuilder(address) { UserName = "", Password = "", Fragment = "" }.Uri;
}
