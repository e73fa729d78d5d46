namespace Egida.Simulators;

/// <summary>What a query answers instead of the truth.</summary>
public enum RdapFault
{
    None,

    /// <summary>404 with an RDAP error body.</summary>
    NotFound,

    /// <summary>429 with Retry-After: 1.</summary>
    TooManyRequests,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>200 and half a JSON object.</summary>
    BrokenJson,

    /// <summary>200 and HTML.</summary>
    Html,

    /// <summary>The first byte comes after a minute.</summary>
    Slow,

    /// <summary>302 to itself.</summary>
    RedirectLoop,

    /// <summary>The answer has no abuse contact at all.</summary>
    NoContact,

    /// <summary>Every mail in the answer is "REDACTED FOR PRIVACY".</summary>
    Redacted,

    /// <summary>The truth, called text/html.</summary>
    JsonAsHtml,

    /// <summary>HTML, called application/rdap+json.</summary>
    HtmlAsJson,

    /// <summary>302 to 10.1.2.3.</summary>
    RedirectInside,

    /// <summary>A byte a second, for ten minutes.</summary>
    Drip,

    /// <summary>Twelve megabytes of a text that doesn't end.</summary>
    Huge,

    /// <summary>The same, 1 : 1000 in gzip.</summary>
    GzipBomb,

    /// <summary>A hundred thousand arrays within each other.</summary>
    Deep,

    /// <summary>Two abuse desks with different mailboxes.</summary>
    TwoDesks,

    /// <summary>The truth about another network.</summary>
    OtherNetwork,
}
