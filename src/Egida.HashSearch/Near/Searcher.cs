using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Finds the codes of a part within a radius of queries.</summary>
internal abstract unsafe class Searcher
{
    /// <summary>How many lines are asked for before the first of them is read.</summary>
    protected const int Ahead = 112;

    /// <summary>And then again: a processor forgets what it is asked for while too much else is under way.</summary>
    protected const int AheadAgain = 40;

    /// <summary>For reports.</summary>
    public abstract string Name { get; }

    /// <summary>Gives every code within <paramref name="radius"/> of a query to <paramref name="found"/>, each once, until that has enough.</summary>
    public abstract void Search(NearPart part, ReadOnlySpan<Hash256> queries, int radius, MatchCollector found);

    /// <summary>Only reads the lines that a search would look into: what the machine's memory allows, and nothing of ours.</summary>
    /// <returns>How many lines were read.</returns>
    public abstract int Touch(NearPart part, in Hash256 query, int radius);
}

/// <inheritdoc/>
/// <remarks>
/// Memory takes long to come, so it is asked for early, and something else is done meanwhile: while one table's lines are looked into, those come that the
/// next will be, and the lines that continue those of the table before; and what looked near to the last query comes while the next one begins.
/// </remarks>
internal sealed unsafe class Searcher<TKernel, TPrefetch> : Searcher
    where TKernel : struct, ILineKernel<TKernel>
    where TPrefetch : struct, IPrefetch
{
    /// <inheritdoc/>
    public override string Name => $"{TKernel.Name}, {TPrefetch.Name}";

    /// <inheritdoc/>
    public override void Search(NearPart part, ReadOnlySpan<Hash256> queries, int radius, MatchCollector found)
    {
        var (run, other) = QueryRun.TwoOfThread;
        var last = default(Candidates<TPrefetch>);
        Begin(run, part, queries, 0, radius);
        for (var i = 0; i < queries.Length && !found.HasEnough; i++)
        {
            var candidates = new Candidates<TPrefetch>(part, run, found);
            if (run.Plan is { } plan)
            {
                for (var chunk = 0; chunk < part.Layout.Count; chunk++)
                {
                    if (plan.FlipsOf(chunk) < 0) continue;
                    LookIntoTable(run, plan, chunk, part.Layout.LineBits);
                    last.Advance();
                    FollowContinuations(part, run, plan, ref candidates);
                    run.ContinuedChunk = chunk;
                    run.ContinuationCount = Take(part, run, chunk, 0, run.HitCount, ref candidates);
                }
            }
            last.Finish();
            Begin(other, part, queries, i + 1, radius);
            if (run.Plan is not null) FollowContinuations(part, run, run.Plan, ref candidates);
            candidates.Advance();
            last = candidates;
            (run, other) = (other, run);
        }
        last.Finish();
    }

    /// <inheritdoc/>
    public override int Touch(NearPart part, in Hash256 query, int radius)
    {
        var run = QueryRun.TwoOfThread.First;
        Begin(run, part, new(in query), 0, radius);
        if (run.Plan is null) return 0;

        var sum = Vector<ulong>.Zero;
        for (var i = 0; i < run.Plan.Lines; i++)
        {
            TPrefetch.Ask(run.Lines[i + Ahead]);
            sum ^= Vector.Load((ulong*)run.Lines[i]);
        }
        // Without a use of the sum nothing would be read.
        return run.Plan.Lines + (sum == new Vector<ulong>(0x45_67_69_64_61) ? 1 : 0);
    }

    private static void Begin(QueryRun run, NearPart part, ReadOnlySpan<Hash256> queries, int number, int radius)
    {
        if (number >= queries.Length) return;
        run.Begin(part, queries[number], number, radius, Ahead);
        if (run.Plan is null) return;
        for (var i = 0; i < Ahead; i++) TPrefetch.Ask(run.Lines[i]);
    }

    private static void LookIntoTable(QueryRun run, SearchPlan plan, int chunk, int lineBits)
    {
        var ends = Flips.Of(lineBits).Ends;
        var (from, hits) = (0, 0);
        for (var flips = 0; flips <= plan.FlipsOf(chunk); flips++)
        {
            var (count, limit) = (ends[flips] - from, plan.LimitOf(chunk) - flips);
            hits += Look<TPrefetch>(run.Lines + run.Looked, count, run.Places[chunk].Signature, limit, run.Hits + hits, run.Slots + hits);
            run.Looked += count;
            from = ends[flips];
        }
        run.HitCount = hits;
    }

    /// <summary>
    /// The loop that most of the time is spent in: one line after the other, few instructions, no branch that depends on what is in them. Slots that aren't in
    /// use are taken for signatures of zeros; who takes the hits knows better.
    /// </summary>
    /// <param name="hits">Where lines are written that have near signatures, or that others continue.</param>
    /// <param name="slots">Where the near signatures are in them, and bit 31 if others continue the line.</param>
    /// <returns>How many lines were written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static int Look<TAhead>(byte** list, int count, uint signature, int limit, byte** hits, uint* slots)
        where TAhead : struct, IPrefetch
    {
        var kernel = TKernel.For(signature, limit);
        nint seen = 0;
        for (var end = list + count; list < end; list++)
        {
            TAhead.Ask(list[Ahead]);
            TAhead.Ask(list[AheadAgain]);
            var line = *list;
            var within = kernel.Within(line) | Line.Head(line) & Line.MoreLines;
            hits[seen] = line;
            slots[seen] = within;
            seen += within != 0 ? 1 : 0;
        }
        return (int)seen;
    }

    /// <summary>Looks into the lines that continue those of the table before. What is seen in them is written behind what was seen in this table.</summary>
    private static void FollowContinuations(NearPart part, QueryRun run, SearchPlan plan, ref Candidates<TPrefetch> candidates)
    {
        while (run.ContinuationCount > 0)
        {
            // How many flips led here isn't known any more, so as much is let through as without any.
            var (chunk, from) = (run.ContinuedChunk, run.HitCount);
            var hits = Look<Nothing>(run.Continuations, run.ContinuationCount, run.Places[chunk].Signature, plan.LimitOf(chunk), run.Hits + from, run.Slots + from);
            run.ContinuationCount = Take(part, run, chunk, from, hits, ref candidates);
        }
    }

    /// <returns>How many lines continue those that were taken; they were asked for.</returns>
    private static int Take(NearPart part, QueryRun run, int chunk, int from, int count, ref Candidates<TPrefetch> candidates)
    {
        var hits = new ReadOnlySpan<nuint>(run.Hits + from, count);
        var slots = new ReadOnlySpan<uint>(run.Slots + from, count);
        var continued = run.Continuations;
        var continuations = 0;
        for (var i = 0; i < hits.Length; i++)
        {
            continued[continuations] = (byte*)hits[i];
            continuations += (int)(slots[i] >> 31);
        }
        for (var i = 0; i < continuations; i++) TPrefetch.Ask(continued[i] = part.ContinuationOf(continued[i]));
        for (var i = 0; i < hits.Length; i++)
        {
            if ((slots[i] & ~Line.MoreLines) == 0) continue;
            var line = (byte*)hits[i];
            candidates.Take(chunk, Line.Position(Line.Head(line)), slots[i] & Line.Held(Line.Head(line), part.IsContinuation(line)));
        }
        return continuations;
    }
}
