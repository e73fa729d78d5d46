namespace Egida.HashSearch.Robust;

/// <summary>Looks guesses up, each in all eight positions and their negatives, until one finds a record or none may be tried any more.</summary>
internal sealed class Trials(RobustQuery query, Func<Hash256, int, NearMatch?> nearest)
{
    private int _tried;

    /// <summary>The nearest record of the successful guess.</summary>
    public RobustMatch? Found { get; private set; }

    public bool Ended => Found is not null || _tried >= query.MostGuesses;

    public void Try(Guess guess, bool withoutBorder, PdqDihedralResult hashes, int distance)
    {
        if (Ended) return;
        _tried++;
        for (var turn = Dihedral.Original; turn <= Dihedral.FlipMinus; turn++)
        {
            Take(nearest(hashes[turn], distance), inverted: false);
            if (query.Inverted) Take(nearest(~hashes[turn], distance), inverted: true);

            void Take(NearMatch? match, bool inverted)
            {
                if (match is { } near && (Found is not { } best || near.Distance < best.Match.Distance))
                    Found = new(near, guess, withoutBorder, turn, inverted, _tried);
            }
        }
    }
}
