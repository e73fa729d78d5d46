namespace Egida.Match;

/// <summary>Why a list is refused.</summary>
public enum ListProblem
{
    /// <summary>It doesn't begin as a list of Egida.</summary>
    NotAList,

    /// <summary>It was made for a newer version of this library.</summary>
    NewerVersion,

    /// <summary>Its bytes aren't those that were signed.</summary>
    Damaged,

    /// <summary>Nobody who is trusted here has signed it.</summary>
    WrongSigner,

    /// <summary>It was made for somebody else.</summary>
    WrongRecipient,

    /// <summary>It is past the time until which it may be used.</summary>
    Expired,

    /// <summary>By the clock of this machine it was made in the future.</summary>
    FromTheFuture,

    /// <summary>A newer one was used here before.</summary>
    Replayed,

    /// <summary>It doesn't go with the other lists that were opened with it.</summary>
    DoesNotFit,
}
