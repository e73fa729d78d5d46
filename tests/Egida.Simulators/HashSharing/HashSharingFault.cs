namespace Egida.Simulators;

/// <summary>What goes wrong at a service that shares hashes.</summary>
public enum HashSharingFault
{
    None,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>429 with `Retry-After: 0`.</summary>
    TooManyRequests,

    /// <summary>500 with a page of HTML.</summary>
    ServerError,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Broken,

    /// <summary>Half of the body, as if it were whole.</summary>
    CutOff,

    /// <summary>A page of HTML with 200.</summary>
    Html,

    /// <summary>The answer doesn't come.</summary>
    Silent,

    /// <summary>302 to another address.</summary>
    Redirect,

    /// <summary>More bytes than anybody wants.</summary>
    Huge,

    /// <summary>The address of a further page isn't good any more.</summary>
    StalePages,

    /// <summary>Each page repeats entries of the one before.</summary>
    DuplicatePages,

    /// <summary>Pages never end.</summary>
    EndlessPages,

    /// <summary>The next page is somewhere else.</summary>
    PagesElsewhere,
}
