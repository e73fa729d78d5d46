using Egida.HashSearch;

namespace Egida.HashBank.Clusters;

/// <summary>Which records take part, and how near is near (docs/decisions/0139). Pure.</summary>
internal static class Neighbourhood
{
    /// <summary>
    /// Half of what a look-up allows: here forty million looks are compared with each other, and not one with them, so what is wrong once in a million look-ups would
    /// be wrong millions of times.
    /// </summary>
    public const int Radius = 15;

    /// <summary>What is used or may come to be used, if its look tells it from others. Withdrawn and merged records stand for nothing; looks that collide would join what has nothing in common.</summary>
    public static bool TakesPart(HashRecordState state, RecordFlags flags, byte[]? pdq, byte? quality) =>
        state is HashRecordState.Proposed or HashRecordState.Confirmed or HashRecordState.Disputed
        && !flags.HasFlag(RecordFlags.CollisionProne) && pdq is not null && HashText.ShowsSomething(pdq, quality);

    public static bool IsNear(Hash256 one, Hash256 other) => one.Distance(other) <= Radius;
}
