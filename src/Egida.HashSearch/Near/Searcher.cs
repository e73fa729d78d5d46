using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Finds the codes of a part within a radius of a query.</summary>
internal abstract unsafe class Searcher
{
    /// <summary>How many lines are asked for before the first of them is read.</summary>
    protected const int Ahead = 112;

    /// <summary>And then again: a processor forgets what it is asked for while too much else is under way.</summary>
    protected const int AheadAgain = 40;

    /// <summary>Gives every code within <paramref name="radius"/> to <paramref name="found"/>, each once, until that has enough.</summary>
    public abstract void Search(NearPart part, in Hash256 query, int radius, MatchCollector found);

    /// <summary>Only reads the lines that a search would look into: what the machine's memory allows, and nothing of ours.</summary>
    /// <returns>How many lines were read.</returns>
    public abstract int Touch(NearPart part, in Hash256 query, int radius);

    /// <summary>Writes the lines to look into, table after table, and where the query stands in each table.</summary>
    protected static void ListLines(NearPart part, in Hash256 query, SearchPlan plan, Span<Place> places, byte** list)
    {
        var layout = part.Layout;
        var flips = Flips.Of(layout.LineBits);
        for (var chunk = 0; chunk < layout.Count; chunk++)
        {
            var place = places[chunk] = layout.PlaceOf(query, chunk);
            if (plan.FlipsOf(chunk) < 0) continue;
            var count = flips.Ends[plan.FlipsOf(chunk)];
            Combine(flips.Words.AsSpan(0, count), place.Line, part.TableOf(chunk), list);
            list += count;
        }
        // The loops ask for lines ahead, also beyond the last.
        new Span<ulong>(list, Ahead).Fill((ulong)list[-1]);
    }

    private static void Combine(ReadOnlySpan<uint> flips, uint line, byte* table, byte** list)
    {
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(flips);
        foreach (var flip in vectors)
        {
            Vector.Widen(flip ^ new Vector<uint>(line), out var first, out var second);
            ((first << 6) + new Vector<ulong>((ulong)table)).Store((ulong*)list);
            ((second << 6) + new Vector<ulong>((ulong)table)).Store((ulong*)list + Vector<ulong>.Count);
            list += Vector<uint>.Count;
        }
        foreach (var flip in flips[(vectors.Length * Vector<uint>.Count)..]) *list++ = table + (nuint)(flip ^ line) * Line.Bytes;
    }
}

/// <inheritdoc/>
/// <remarks>
/// Memory takes long to come, so it is asked for early, and something else is done meanwhile: while one table's lines are looked into, the lines come that
/// continue those of the table before it; of what is near in these the codes' numbers come; and of those the codes, which decide.
/// </remarks>
internal sealed unsafe class Searcher<TKernel, TPrefetch> : Searcher
    where TKernel : struct, ILineKernel<TKernel>
    where TPrefetch : struct, IPrefetch
{
    /// <inheritdoc/>
    public override void Search(NearPart part, in Hash256 query, int radius, MatchCollector found)
    {
        var plan = part.Plans[radius];
        var scratch = SearchScratch.For(plan.Lines + Ahead);
        Span<Place> places = stackalloc Place[ChunkLayout.MostChunks];
        ListLines(part, query, plan, places, scratch.Lines);
        AskForFirst(scratch.Lines);

        var run = new Run(part, plan, places, scratch);
        var candidates = new Candidates<TPrefetch>(part, query, plan, places, scratch.Candidates, found);
        for (var chunk = 0; chunk < part.Layout.Count && !found.HasEnough; chunk++)
        {
            if (plan.FlipsOf(chunk) < 0) continue;
            run.LookIntoTable(chunk);
            candidates.Advance();
            run.FollowTableBefore(ref candidates);
            run.TakeTable(chunk, ref candidates);
        }
        candidates.Advance();
        run.FollowTableBefore(ref candidates);
        candidates.Finish();
    }

    /// <inheritdoc/>
    public override int Touch(NearPart part, in Hash256 query, int radius)
    {
        var plan = part.Plans[radius];
        var scratch = SearchScratch.For(plan.Lines + Ahead);
        Span<Place> places = stackalloc Place[ChunkLayout.MostChunks];
        ListLines(part, query, plan, places, scratch.Lines);
        AskForFirst(scratch.Lines);

        var sum = Vector<ulong>.Zero;
        for (var i = 0; i < plan.Lines; i++)
        {
            TPrefetch.Ask(scratch.Lines[i + Ahead]);
            sum ^= Vector.Load((ulong*)scratch.Lines[i]);
        }
        // Without a use of the sum nothing would be read.
        return plan.Lines + (sum == new Vector<ulong>(0x45_67_69_64_61) ? 1 : 0);
    }

    private static void AskForFirst(byte** list)
    {
        for (var i = 0; i < Ahead; i++) TPrefetch.Ask(list[i]);
    }

    /// <summary>
    /// The loop that most of the time is spent in: one line after the other, few instructions, no branch that depends on what is in them. Slots that aren't in
    /// use are taken for signatures of zeros; who takes the hits knows better.
    /// </summary>
    /// <param name="hits">Where lines are written that have near signatures, or that others continue.</param>
    /// <param name="slots">Where the near signatures are in them, and bit 31 if others continue the line.</param>
    /// <returns>How many lines were written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
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

    /// <summary>How far a search has come in the list of lines, and what it saw in the last table.</summary>
    private ref struct Run(NearPart part, SearchPlan plan, ReadOnlySpan<Place> places, SearchScratch scratch)
    {
        private readonly ReadOnlySpan<Place> _places = places;
        private readonly int[] _ends = Flips.Of(part.Layout.LineBits).Ends;
        private byte** _list = scratch.Lines;
        private int _seen, _before, _continuations;

        public void LookIntoTable(int chunk)
        {
            (_seen, var from) = (0, 0);
            for (var flips = 0; flips <= plan.FlipsOf(chunk); flips++)
            {
                var (count, limit) = (_ends[flips] - from, plan.LimitOf(chunk) - flips);
                _seen += Look<TPrefetch>(_list, count, _places[chunk].Signature, limit, scratch.Hits + _seen, scratch.Slots + _seen);
                _list += _ends[flips] - from;
                from = _ends[flips];
            }
        }

        public void TakeTable(int chunk, ref Candidates<TPrefetch> candidates)
        {
            _before = chunk;
            _continuations = Take(chunk, 0, _seen, ref candidates);
        }

        /// <summary>Looks into the lines that continue those of the table before. What is seen in them is written behind what was seen in this one.</summary>
        public readonly void FollowTableBefore(ref Candidates<TPrefetch> candidates)
        {
            for (var count = _continuations; count > 0;)
            {
                // How many flips led here isn't known any more, so as much is let through as without any.
                var (signature, limit) = (_places[_before].Signature, plan.LimitOf(_before));
                var seen = Look<Nothing>(scratch.Continuations, count, signature, limit, scratch.Hits + _seen, scratch.Slots + _seen);
                count = Take(_before, _seen, seen, ref candidates);
            }
        }

        /// <returns>How many lines continue those that were taken; they were asked for.</returns>
        private readonly int Take(int chunk, int from, int count, ref Candidates<TPrefetch> candidates)
        {
            var continuations = 0;
            for (var hit = from; hit < from + count; hit++)
            {
                var line = scratch.Hits[hit];
                if ((scratch.Slots[hit] & Line.MoreLines) != 0)
                {
                    var continuation = part.ContinuationOf(line);
                    TPrefetch.Ask(continuation);
                    scratch.Continuations[continuations++] = continuation;
                }
                var head = Line.Head(line);
                candidates.Take(chunk, Line.Position(head), scratch.Slots[hit] & Line.Held(head, part.IsContinuation(line)));
            }
            return continuations;
        }
    }
}
