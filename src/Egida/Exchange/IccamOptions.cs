namespace Egida.Exchange;

/// <summary>Section <c>Iccam</c>: access to INHOPE's exchange, version 3.</summary>
public sealed class IccamOptions
{
    /// <summary>Ends in a slash. Empty: not connected yet, hand-overs wait.</summary>
    public string BaseUrl { get; set; } = "";

    public string Username { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>PEM files; the exchange wants a client certificate.</summary>
    public string ClientCertificate { get; set; } = "";

    public string ClientKey { get; set; } = "";

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}
