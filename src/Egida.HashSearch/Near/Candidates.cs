using System.Numerics;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>
/// Codes whose signature is near, on their way to being compared as a whole: their number is asked for, and with it the code. Each step begins when the
/// memory that the last one asked for has come.
/// </summary>
internal unsafe ref struct Candidates<TPrefetch>(NearPart part, Hash256 query, SearchPlan plan, ReadOnlySpan<Place> places, ulong* queue, MatchCollector found)
    where TPrefetch : struct, IPrefetch
{
    private readonly ReadOnlySpan<Place> _places = places;

    // Before the first mark: done. Before the second: has a number, and the code was asked for. Before the third: has a position, and the number was asked for.
    private int _compared, _numbered, _seen;

    /// <summary>Takes what is in these slots of a line.</summary>
    public void Take(int chunk, uint position, uint slots)
    {
        for (; slots != 0; slots &= slots - 1)
        {
            if (_seen == SearchScratch.MostCandidates) Finish();
            var at = position + (uint)BitOperations.TrailingZeroCount(slots);
            part.RequireCode(at);
            if (chunk > 0) TPrefetch.Ask(part.Numbers[chunk].Address(at));
            queue[_seen++] = (ulong)(uint)chunk << 32 | at;
        }
    }

    /// <summary>One step on for all that were asked for before.</summary>
    public void Advance()
    {
        Compare();
        Number();
        if (_compared == _seen) _compared = _numbered = _seen = 0;
    }

    /// <summary>All steps for all.</summary>
    public void Finish()
    {
        Compare();
        Number();
        Compare();
        _compared = _numbered = _seen = 0;
    }

    private void Number()
    {
        for (; _numbered < _seen; _numbered++)
        {
            var (chunk, number) = ((int)(queue[_numbered] >> 32), (uint)queue[_numbered]);
            // The positions of the first table are the codes' numbers.
            if (chunk > 0) part.RequireCode(number = part.Numbers[chunk][number]);
            TPrefetch.Ask(part.Codes + number);
            queue[_numbered] = (ulong)(uint)chunk << 32 | number;
        }
    }

    private void Compare()
    {
        for (; _compared < _numbered && !found.HasEnough; _compared++)
        {
            var (chunk, number) = ((int)(queue[_compared] >> 32), (uint)queue[_compared]);
            ref var code = ref part.Codes[number];
            var distance = query.Distance(code);
            if (distance <= plan.Radius && IsFirst(chunk, code)) found.Add(part, (int)number, distance);
        }
        _compared = _numbered;
    }

    /// <summary>
    /// Whether this is the first table that the plan finds the code in. Nearly always several do; so it is given once, and nothing has to be remembered.
    /// </summary>
    private readonly bool IsFirst(int chunk, in Hash256 code)
    {
        for (var before = 0; before < chunk; before++)
            if (Finds(before, code)) return false;
        return Finds(chunk, code);
    }

    private readonly bool Finds(int chunk, in Hash256 code)
    {
        var place = part.Layout.PlaceOf(code, chunk);
        var flips = BitOperations.PopCount(place.Line ^ _places[chunk].Line);
        return flips <= plan.FlipsOf(chunk) && flips + BitOperations.PopCount(place.Signature ^ _places[chunk].Signature) <= plan.LimitOf(chunk);
    }
}
