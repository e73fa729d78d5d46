namespace Egida.Simulators;

/// <summary>How the time-stamp authority misbehaves.</summary>
public enum TsaFault
{
    None,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>The connection breaks off.</summary>
    Aborted,

    /// <summary>An HTML page with status 200.</summary>
    Html,

    /// <summary>The right media type around bytes that aren't ASN.1.</summary>
    Garbage,

    /// <summary>PKIStatus rejection, badAlg.</summary>
    Rejection,

    /// <summary>A good stamp over another hash.</summary>
    WrongImprint,

    /// <summary>A good stamp for another question.</summary>
    WrongNonce,

    /// <summary>A good stamp under another policy.</summary>
    WrongPolicy,

    /// <summary>Its certificate leads to a root that nobody trusts.</summary>
    WrongChain,

    /// <summary>Its certificate was valid two years ago.</summary>
    ExpiredCertificate,

    /// <summary>Its certificate isn't one for time stamps.</summary>
    NotForStamping,

    /// <summary>One bit of the signature is flipped.</summary>
    BrokenSignature,
}
