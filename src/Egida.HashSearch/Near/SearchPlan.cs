using System.Collections.Concurrent;

namespace Egida.HashSearch.Near;

/// <summary>
/// Which lines a search with a given radius has to look into, and how near a signature has to be: enough for every code within the radius, and little more.
/// </summary>
/// <remarks>
/// <para>
/// Let <c>d(i)</c> be the number of bits by which a code differs from the query in chunk <c>i</c>; the sum is its distance, at most the radius <c>r</c>. Each
/// chunk gets a budget <c>u(i) ≥ 0</c> with the sum <c>r + 1</c>. Then the sum of all <c>d(i) − u(i)</c> is below zero, and going round the chunks there is
/// a place to start from where every running sum is below zero (the cycle lemma of Dvoretzky and Motzkin). So for the chunk <c>i</c> at that place
/// </para>
/// <code>
/// d(i)            ≤ u(i) − 1              the code's line is within so many flips of the query's line
/// d(i) + d(i + 1) ≤ u(i) + u(i + 1) − 1   and its signature is near: it holds the rest of chunk i, and bits of chunk i + 1
/// </code>
/// <para>
/// A signature has only some bits of the next chunk and so is never farther than the chunk: nothing within the radius is missed. What passes is measured
/// over all 256 bits. (Qin and Xiao call this the pigeonring principle, "Pigeonring: A Principle for Faster Thresholded Similarity Search", VLDB 2018.)
/// </para>
/// </remarks>
internal sealed class SearchPlan
{
    private static readonly ConcurrentDictionary<ChunkLayout, SearchPlan[]> s_ofLayout = new();

    private readonly int[] _flips;
    private readonly int[] _limits;

    private SearchPlan(ChunkLayout layout, int radius)
    {
        Radius = radius;
        var (each, more) = Math.DivRem(radius + 1, layout.Count);
        // What doesn't divide is spread evenly: two rich neighbours would let through more than a rich and a poor one.
        int[] budgets = [.. Enumerable.Range(0, layout.Count).Select(chunk => each + ((chunk + 1) * more / layout.Count - chunk * more / layout.Count))];
        _flips = [.. budgets.Select(budget => budget - 1)];
        _limits = [.. Enumerable.Range(0, layout.Count).Select(chunk => budgets[chunk] + budgets[layout.Next(chunk)] - 1)];
        var ends = layout.FlipEnds;
        Groups = [.. Enumerable.Range(0, layout.Count).SelectMany(chunk => Enumerable.Range(0, budgets[chunk]).Select(flips =>
            new LineGroup(chunk, _limits[chunk] - flips, ends[flips] - (flips == 0 ? 0 : ends[flips - 1]))))];
        Lines = Groups.Sum(group => group.Lines);
    }

    /// <summary>By radius, from 0 to the largest; made once.</summary>
    public static SearchPlan[] AllOf(ChunkLayout layout) =>
        s_ofLayout.GetOrAdd(layout, static layout => [.. Enumerable.Range(0, NearIndex.LargestRadius + 1).Select(radius => new SearchPlan(layout, radius))]);

    public int Radius { get; }

    /// <summary>The lines that a search looks into, table after table, those that are as many flips away together.</summary>
    public LineGroup[] Groups { get; }

    /// <summary>How many lines a search looks into, without continuations.</summary>
    public int Lines { get; }

    /// <summary>How many flips away from the query's line a chunk's lines are looked into; below zero: its table isn't looked into.</summary>
    public int FlipsOf(int chunk) => _flips[chunk];

    /// <summary>How many bits line and signature together may be away.</summary>
    public int LimitOf(int chunk) => _limits[chunk];
}

/// <summary>Lines of one table that are equally many flips away from the query's line.</summary>
/// <param name="Limit">How many bits a signature in them may be away.</param>
/// <param name="Lines">How many they are.</param>
internal readonly record struct LineGroup(int Chunk, int Limit, int Lines);
