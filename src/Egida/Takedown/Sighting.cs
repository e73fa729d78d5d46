namespace Egida.Takedown;

/// <summary>What the capture process' probe saw of an address.</summary>
public enum Sighting
{
    Present,

    /// <summary>The server says that it isn't there, or the name exists no more.</summary>
    Gone,

    /// <summary>No answer: theirs or our own network; says nothing about the content.</summary>
    Unreachable,

    /// <summary>The name now leads where we never connect.</summary>
    Forbidden,
}
