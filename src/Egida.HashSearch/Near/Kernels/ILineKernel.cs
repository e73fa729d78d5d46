namespace Egida.HashSearch.Near.Kernels;

/// <summary>Compares a query's signature with all signatures of a line.</summary>
/// <typeparam name="TSelf">The kernel itself: a value, so that the loops around it are compiled for it.</typeparam>
internal unsafe interface ILineKernel<TSelf>
    where TSelf : struct, ILineKernel<TSelf>
{
    static abstract string Name { get; }

    /// <summary>What doesn't change from line to line.</summary>
    /// <param name="limit">How many bits a signature may be away: 0 to 100. A signature has 20 bits, so more than 20 lets all through.</param>
    static abstract TSelf For(uint signature, int limit);

    /// <summary>One bit for each of the 24 slots whose content is within the limit, whether the slot is in use or not.</summary>
    uint Within(byte* line);
}
