using System.Numerics;
using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Codes whose signatures are near to a query. They are gathered, and then compared in three steps.</summary>
/// <remarks>
/// From a position to the code's number and from there to the code are two ways into memory that nothing near them was read from, and the processor has to look
/// both addresses up as well. One after the other that takes longer than all the lines; so all are asked for at once, in loops that do nothing else.
/// </remarks>
/// <param name="addresses">Instead of comparing them, adds where their numbers and codes are to this list.</param>
internal readonly unsafe struct Candidates<TPrefetch>(NearPart part, QueryRun run, MatchCollector found, List<nuint>? addresses = null)
    where TPrefetch : struct, IPrefetch
{
    /// <summary>Takes what is in these slots of a line.</summary>
    public void Take(int chunk, uint position, uint slots)
    {
        for (; slots != 0; slots &= slots - 1)
        {
            if (run.CandidateCount == QueryRun.MostCandidates) Finish();
            var candidate = position + (uint)BitOperations.TrailingZeroCount(slots);
            part.RequireCode(candidate);
            run.Candidates[run.CandidateCount++] = (ulong)(uint)chunk << 32 | candidate;
        }
    }

    /// <summary>Compares all that were taken.</summary>
    public void Finish()
    {
        if (addresses is not null) List(addresses);
        else
        {
            AskForNumbers();
            AskForCodes();
            Compare();
        }
        run.CandidateCount = 0;
    }

    private void List(List<nuint> addresses)
    {
        foreach (var candidate in new ReadOnlySpan<ulong>(run.Candidates, run.CandidateCount))
        {
            var (chunk, position) = ((int)(candidate >> 32), (uint)candidate);
            if (chunk > 0) addresses.Add((nuint)part.Numbers[chunk].Address(position));
            addresses.Add((nuint)(part.Codes + (chunk > 0 ? part.Numbers[chunk][position] : position)));
        }
    }

    private void AskForNumbers()
    {
        foreach (var candidate in new ReadOnlySpan<ulong>(run.Candidates, run.CandidateCount)) TPrefetch.Ask(part.Numbers[(int)(candidate >> 32)].Address((uint)candidate));
    }

    private void AskForCodes()
    {
        foreach (ref var candidate in new Span<ulong>(run.Candidates, run.CandidateCount))
        {
            var chunk = candidate >> 32;
            // The positions of the first table are the codes' numbers.
            var number = chunk > 0 ? part.Numbers[(int)chunk][(uint)candidate] : (uint)candidate;
            part.RequireCode(number);
            TPrefetch.Ask(part.Codes + number);
            candidate = chunk << 32 | number;
        }
    }

    private void Compare()
    {
        foreach (var candidate in new ReadOnlySpan<ulong>(run.Candidates, run.CandidateCount))
        {
            if (found.HasEnough) break;
            ref var code = ref part.Codes[(uint)candidate];
            var distance = run.Query.Distance(code);
            if (distance <= run.Plan!.Radius && IsFirst((int)(candidate >> 32), code)) found.Add(part, (int)(uint)candidate, distance, run.Number);
        }
    }

    /// <summary>
    /// Whether this is the first table that the plan finds the code in. Nearly always several do; so it is given once, and nothing has to be remembered.
    /// </summary>
    private bool IsFirst(int chunk, in Hash256 code)
    {
        for (var before = 0; before < chunk; before++)
            if (Finds(before, code)) return false;
        return Finds(chunk, code);
    }

    private bool Finds(int chunk, in Hash256 code)
    {
        var place = part.Layout.PlaceOf(code, chunk);
        var flips = part.Layout.FlipsBetween(place.Line, run.Places[chunk].Line);
        return flips <= run.Plan!.FlipsOf(chunk)
            && flips + BitOperations.PopCount(place.Signature ^ run.Places[chunk].Signature) <= run.Plan.LimitOf(chunk);
    }
}
