namespace Egida.Blocking;

/// <summary>Why something can't be an entry of the list. Its text is <c>block.problem.…</c>.</summary>
public enum DomainProblem
{
    Missing,

    /// <summary>A control character, white space, a line end, something invisible.</summary>
    Characters,
    Wildcard,

    /// <summary>An IP address: everybody on that machine would be blocked.</summary>
    Address,
    Port,

    /// <summary>A scheme, a path, a user: more than a name. DNS can't block one page.</summary>
    Path,
    NotAName,
    TooLong,
    OneLabel,

    /// <summary>Onion services and names of local networks aren't answered by name servers of operators.</summary>
    NotInDns,
    Own,
    Protected,
    Provider,

    /// <summary>A whole shared host, for what one of its tenants did.</summary>
    Shared,
    PublicSuffix,

    /// <summary>Below it others register names.</summary>
    AboveSuffix,

    /// <summary>The list of public suffixes can't be read: nothing is proposed without it.</summary>
    SuffixesUnknown,
}
