namespace Egida.HashSearch;

/// <summary>A known picture that a guess found.</summary>
/// <param name="Match">The nearest record, and how far it is from the hash of the guess.</param>
/// <param name="Guess">What seems to have been done to the known picture.</param>
/// <param name="WithoutBorder">Whether the query's border was cut off first.</param>
/// <param name="Turn">Which of the eight positions matched.</param>
/// <param name="Inverted">Whether it is the negative that matched.</param>
/// <param name="GuessesTried">How many guesses were looked up, this one included.</param>
public readonly record struct RobustMatch(NearMatch Match, Guess Guess, bool WithoutBorder, Dihedral Turn, bool Inverted, int GuessesTried);
