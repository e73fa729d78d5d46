using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near;

namespace Egida.HashSearch.Living;

/// <summary>A code within the radius.</summary>
internal readonly record struct SlotHit(int Number, int Distance);

/// <summary>
/// Searches <see cref="SlotTables"/>: gives the numbers of all codes within a radius, each once. A thread has one and uses it
/// for one search after the other.
/// </summary>
internal sealed unsafe class SlotSearch
{
    private const int MostCandidates = 512;
    private const int ChunksAhead = 3;

    [ThreadStatic]
    private static SlotSearch? s_ofThread;

    // First where the number of a code stands, then the number.
    private readonly nint[] _candidates = new nint[MostCandidates];
    private readonly byte[] _chunks = new byte[MostCandidates];
    private SlotHit[] _hits = new SlotHit[64];
    private int _candidateCount;
    private int _hitCount;

    // The search under way.
    private SlotTables _tables = null!;
    private SlotPlan _plan = null!;
    private Hash256* _codes;
    private Hash256 _query;
    private int _count;
    private int _radius;

    private SlotSearch()
    {
    }

    /// <param name="codes">All codes by their numbers.</param>
    /// <param name="count">How many of them to look at; published after they were added.</param>
    /// <returns>Right until this thread's next search.</returns>
    public static ReadOnlySpan<SlotHit> Find(Kernel kernel, SlotTables tables, Hash256* codes, int count, in Hash256 query, int radius)
    {
        var search = s_ofThread ??= new();
        search._codes = codes;
        (search._tables, search._count, search._query, search._radius, search._plan, search._hitCount) = (tables, count, query, radius, SlotPlan.Of(radius), 0);
        switch (kernel)
        {
            case Kernel.Avx512: search.Look<Avx512Slots>(); break;
            case Kernel.Avx2: search.Look<Avx2Slots>(); break;
            case Kernel.Vector128: search.Look<Vector128Slots>(); break;
            default: search.Look<ScalarSlots>(); break;
        }
        search.Compare();
        return search._hits.AsSpan(0, search._hitCount);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look<TKernel>() where TKernel : struct, ISlotKernel
    {
        var flips = Flips.Of(_tables.LineBits);
        var query = _query;
        var words = (ushort*)&query;
        for (var chunk = 0; chunk < ChunksAhead; chunk++) Prefetch(flips, words, chunk);
        for (var chunk = 0; chunk < SlotTables.Chunks; chunk++)
        {
            if (chunk + ChunksAhead < SlotTables.Chunks) Prefetch(flips, words, chunk + ChunksAhead);
            var (line, signature) = (_tables.HeadLine(chunk, words[chunk]), _tables.Signature(words, chunk));
            var from = 0;
            for (var ones = 0; ones <= _plan.Flips(chunk); ones++)
            {
                var limit = _plan.Limit(chunk) - ones;
                for (; from < flips.Ends[ones]; from++) LookInto<TKernel>(line ^ (nint)flips.Words[from], signature, limit, chunk);
            }
        }
    }

    private void Prefetch(Flips flips, ushort* words, int chunk)
    {
        if (_plan.Flips(chunk) < 0) return;
        var line = _tables.HeadLine(chunk, words[chunk]);
        foreach (var flip in flips.Words.AsSpan(0, flips.Ends[_plan.Flips(chunk)])) IntoFirstCache.Ask(_tables.Line(line ^ (nint)flip));
    }

    /// <summary>A line and all that go on from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LookInto<TKernel>(nint line, ushort signature, int limit, int chunk) where TKernel : struct, ISlotKernel
    {
        for (var more = true; more;)
        {
            var start = _tables.Line(line);
            var head = SlotLine.Head(start);
            var slots = TKernel.Within(start, signature, limit) & ((1u << SlotLine.Count(head)) - 1);
            if (slots != 0) Take(chunk, line, slots);
            more = SlotLine.Next(head) != 0;
            if (more) line = _tables.Continuation(SlotLine.Next(head));
        }
    }

    private void Take(int chunk, nint line, uint slots)
    {
        if (_candidateCount + SlotLine.Slots > MostCandidates) Compare();
        for (; slots != 0; slots &= slots - 1)
        {
            var number = _tables.Number(line, BitOperations.TrailingZeroCount(slots));
            IntoFirstCache.Ask(number);
            (_candidates[_candidateCount], _chunks[_candidateCount]) = ((nint)number, (byte)chunk);
            _candidateCount++;
        }
    }

    private void Compare()
    {
        for (var i = 0; i < _candidateCount; i++)
        {
            var number = *(int*)_candidates[i];
            _candidates[i] = number;
            IntoFirstCache.Ask(_codes + number);
        }
        for (var i = 0; i < _candidateCount; i++)
        {
            var number = (int)_candidates[i];
            if (number >= _count) continue;
            var distance = _query.Distance(_codes[number]);
            if (distance <= _radius && IsFirstFind(_chunks[i], _codes + number)) Add(new(number, distance));
        }
        _candidateCount = 0;
    }

    /// <summary>Whether no table before this one leads to the code: so it is given once, and nothing has to be remembered.</summary>
    private bool IsFirstFind(int chunk, Hash256* code)
    {
        fixed (Hash256* query = &_query)
        {
            var words = (ushort*)code;
            var queried = (ushort*)query;
            for (var before = 0; before < chunk; before++)
            {
                var flips = BitOperations.PopCount((ulong)(_tables.HeadLine(before, words[before]) ^ _tables.HeadLine(before, queried[before])));
                var near = BitOperations.PopCount((uint)(_tables.Signature(words, before) ^ _tables.Signature(queried, before)));
                if (flips <= _plan.Flips(before) && flips + near <= _plan.Limit(before)) return false;
            }
            return true;
        }
    }

    private void Add(SlotHit hit)
    {
        if (_hitCount == _hits.Length) Array.Resize(ref _hits, _hitCount * 2);
        _hits[_hitCount++] = hit;
    }
}
