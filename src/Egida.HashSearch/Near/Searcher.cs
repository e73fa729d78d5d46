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

    /// <summary>
    /// Only reads what a search would look into, and nothing else: what the machine's memory allows, and nothing of ours.
    /// </summary>
    /// <param name="behind">What <see cref="BehindLines"/> gave for the query, or nothing: then only the lines that its plan names are read.</param>
    /// <returns>How many lines were read.</returns>
    public abstract int Touch(NearPart part, in Hash256 query, int radius, ReadOnlySpan<nuint> behind = default);

    /// <summary>
    /// Where a search reads beside the lines that its plan names: lines that continue them, and of what looks near the numbers and the codes. A search learns
    /// of them on its way.
    /// </summary>
    public abstract nuint[] BehindLines(NearPart part, in Hash256 query, int radius);
}

/// <inheritdoc/>
/// <remarks>
/// Memory takes long to come, so it is asked for early: lines while others are looked into, lines that continue others and what looked near all together, and
/// the first lines of the next query behind the last of this one.
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
        var (run, next) = QueryRun.TwoOfThread;
        Begin(run, part, queries, 0, radius);
        AskForFirst(run);
        for (var i = 0; i < queries.Length && !found.HasEnough; i++)
        {
            found.Cancellation.ThrowIfCancellationRequested();
            Begin(next, part, queries, i + 1, radius);
            if (run.Plan is null) AskForFirst(next);
            else
            {
                run.ListBehind(next, Ahead);
                Search(new(part, run, found), part, run, run.Plan);
            }
            (run, next) = (next, run);
        }
    }

    private static void Search(Candidates<TPrefetch> candidates, NearPart part, QueryRun run, SearchPlan plan)
    {
        Look<TPrefetch>(run.Lines, run, plan);
        // Few lines are continued, and fewer of those that continue them.
        while (Take(candidates, part, run, plan)) Look<Nothing>(run.Continuations, run, plan);
        candidates.Finish();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Touch(NearPart part, in Hash256 query, int radius, ReadOnlySpan<nuint> behind = default)
    {
        var run = QueryRun.TwoOfThread.First;
        run.Begin(part, query, 0, radius, Ahead + behind.Length);
        if (run.Plan is null) return 0;
        var list = run.Lines;
        var end = list + run.Plan.Lines + behind.Length;
        behind.CopyTo(new(list + run.Plan.Lines, behind.Length));
        AskForFirst(run);

        var sum = Vector<ulong>.Zero;
        for (; list < end; list++)
        {
            TPrefetch.Ask(list[Ahead]);
            sum ^= Vector.Load((ulong*)*list);
        }
        // Without a use of the sum nothing would be read.
        return run.Plan.Lines + behind.Length + (sum == new Vector<ulong>(0x45_67_69_64_61) ? 1 : 0);
    }

    /// <inheritdoc/>
    public override nuint[] BehindLines(NearPart part, in Hash256 query, int radius)
    {
        var run = QueryRun.TwoOfThread.First;
        Begin(run, part, new(in query), 0, radius);
        if (run.Plan is not { } plan) return [];
        var behind = new List<nuint>();
        var candidates = new Candidates<TPrefetch>(part, run, AnyCollector.OfThread(), behind);
        Look<TPrefetch>(run.Lines, run, plan);
        while (Take(candidates, part, run, plan))
        {
            var continued = 0;
            for (var i = 0; i < plan.Groups.Length; i++) continued += run.GroupCounts[i];
            behind.AddRange(new ReadOnlySpan<nuint>(run.Continuations, continued));
            Look<Nothing>(run.Continuations, run, plan);
        }
        candidates.Finish();
        return [.. behind];
    }

    private static void Begin(QueryRun run, NearPart part, ReadOnlySpan<Hash256> queries, int number, int radius)
    {
        if (number < queries.Length) run.Begin(part, queries[number], number, radius, Ahead);
        else run.End();
    }

    private static void AskForFirst(QueryRun run)
    {
        if (run.Plan is null) return;
        for (var i = 0; i < Ahead; i++) TPrefetch.Ask(run.Lines[i]);
    }

    /// <summary>
    /// The loop that most of the time is spent in: one line after the other, few instructions, no branch that depends on what is in them. Slots that aren't in
    /// use are taken for signatures of zeros; who takes the hits knows better.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Look<TAhead>(byte** list, QueryRun run, SearchPlan plan)
        where TAhead : struct, IPrefetch
    {
        var hits = run.Hits;
        var slots = run.Slots;
        var counts = run.GroupCounts;
        foreach (var group in plan.Groups)
        {
            var kernel = TKernel.For(run.Places[group.Chunk].Signature, group.Limit);
            nint seen = 0;
            for (var end = list + *counts; list < end; list++)
            {
                TAhead.Ask(list[Ahead]);
                TAhead.Ask(list[AheadAgain]);
                var line = *list;
                var within = kernel.Within(line) | Line.Head(line) & Line.MoreLines;
                hits[seen] = line;
                slots[seen] = within;
                seen += within != 0 ? 1 : 0;
            }
            hits += seen;
            slots += seen;
            *counts++ = (int)seen;
        }
    }

    /// <summary>Takes what was seen, and lists and asks for the lines that continue those where something was.</summary>
    /// <returns>Whether there are any.</returns>
    private static bool Take(Candidates<TPrefetch> candidates, NearPart part, QueryRun run, SearchPlan plan)
    {
        byte** hits = run.Hits, continuations = run.Continuations;
        var slots = run.Slots;
        for (var i = 0; i < plan.Groups.Length; i++)
        {
            var first = continuations;
            for (var end = hits + run.GroupCounts[i]; hits < end; hits++, slots++)
            {
                var line = *hits;
                var seen = *slots;
                if (Line.HasMore(seen)) TPrefetch.Ask(*continuations++ = part.ContinuationOf(line));
                if ((seen & ~Line.MoreLines) == 0) continue;
                var head = Line.Head(line);
                candidates.Take(plan.Groups[i].Chunk, Line.Position(head), seen & Line.Held(head, part.IsContinuation(line)));
            }
            run.GroupCounts[i] = (int)(continuations - first);
        }
        return continuations > run.Continuations;
    }
}
