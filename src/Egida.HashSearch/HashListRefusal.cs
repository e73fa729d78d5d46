namespace Egida.HashSearch;

/// <summary>Why a line of a list isn't a hash.</summary>
public enum HashListProblem
{
    /// <summary>There are too few or too many digits.</summary>
    WrongLength,

    /// <summary>There is something that isn't a hexadecimal digit where the hash should be.</summary>
    NotHexadecimal,

    /// <summary>The line has more than 65,536 bytes.</summary>
    LineTooLong,

    /// <summary>The list is UTF-16. All of it is refused.</summary>
    Utf16,
}

/// <summary>A line that was refused. It doesn't hold the line's content, which may be sensitive.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Problem">What is wrong with it.</param>
public readonly record struct HashListRefusal(long Line, HashListProblem Problem)
{
    /// <summary>A sentence about it, in English.</summary>
    public override string ToString() => Problem switch
    {
        HashListProblem.WrongLength => $"line {Line}: not as many hexadecimal digits as a hash of this kind has",
        HashListProblem.NotHexadecimal => $"line {Line}: not hexadecimal digits where the hash should be",
        HashListProblem.LineTooLong => $"line {Line}: longer than 65,536 bytes",
        HashListProblem.Utf16 => "the list is UTF-16 text; save it as UTF-8",
        _ => $"line {Line}: {Problem}",
    };
}

/// <summary>A list of hashes was refused. The message says in which line and why, without the line's content.</summary>
public sealed class HashListException : IOException
{
    internal HashListException(HashListRefusal refusal) : base($"The list was refused: {refusal}.") => Refusal = refusal;

    /// <summary>Where and why.</summary>
    public HashListRefusal Refusal { get; }
}
