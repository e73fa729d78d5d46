namespace Egida.HashSearch;

/// <summary>Why a line of a list isn't a hash.</summary>
public enum HashListProblem
{
    /// <summary>There are too few or too many digits for a hash of this kind.</summary>
    WrongLength,

    /// <summary>There is something where the hash should be that isn't a hexadecimal digit, or base64 where that is a way to write it.</summary>
    OddCharacter,

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
        HashListProblem.WrongLength => $"line {Line}: more or fewer digits than a hash of this kind has",
        HashListProblem.OddCharacter => $"line {Line}: a character where the hash should be that no hash of this kind has",
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
