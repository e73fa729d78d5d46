using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Exact;

/// <summary>Looks many digests up at once.</summary>
/// <remarks>
/// Memory answers many questions nearly as fast as one. So the lines of a block are asked for while those of the block before
/// are looked at. What one line doesn't settle is put off by one more block, for its second line to come, and then looked up
/// as if it were alone.
/// </remarks>
internal static unsafe class ExactBatch<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    /// <summary>Enough to keep every line fetch buffer of the processor busy, few enough that the lines stay in its second cache.</summary>
    private const int Block = 128;

    /// <summary>A look-up whose line is on its way.</summary>
    private struct Asked
    {
        public byte* Line;
        public ulong Rest;
    }

    /// <summary>The lowest record with each digest, in the digests' order. Says how many were found.</summary>
    [SkipLocalsInit]
    public static int FindAll(ExactParts<TDigest> parts, ReadOnlySpan<TDigest> digests, Span<int> records)
    {
        var asked = stackalloc Asked[2 * Block];
        var unsettled = stackalloc int[2 * Block];
        var found = 0;
        fixed (TDigest* all = digests)
        fixed (int* results = records)
        {
            for (var i = 0; i < Math.Min(Block, digests.Length); i++) Ask(parts.Table, all + i, ref asked[i]);
            int turn = 0, late = 0;
            for (var start = 0; start < digests.Length; start += Block, turn ^= Block)
            {
                var count = Math.Min(Block, digests.Length - start);
                var next = Math.Min(Block, digests.Length - start - count);
                var now = Settle(parts.Table, all + start, results + start, count, asked + turn, next, asked + (turn ^ Block), unsettled + turn, ref found);
                // Of the block before, whose second lines have come meanwhile.
                found += FindLate(parts, all + start - Block, results + start - Block, unsettled + (turn ^ Block), late);
                late = now;
            }
            var last = digests.Length - 1 - (digests.Length - 1) % Block;
            return found + FindLate(parts, all + last, results + last, unsettled + (turn ^ Block), late);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask(ExactTable<TDigest> table, TDigest* digest, ref Asked asked)
    {
        var place = table.Place(digest);
        asked.Line = table.Line(place.Home);
        asked.Rest = place.Rest;
        IntoSecondCache.Ask(asked.Line);
    }

    /// <summary>
    /// Looks at home, and asks for the next block's lines. Nothing in it depends on whether a digest is known but the values: a
    /// processor that guesses wrong at every second digest would lose more time than it all takes.
    /// </summary>
    /// <returns>How many look-ups the home line doesn't settle.</returns>
    private static int Settle(
        ExactTable<TDigest> table, TDigest* digests, int* results, int count, Asked* asked, int next, Asked* nextAsked, int* unsettled, ref int found)
    {
        int unsettledCount = 0, settledFound = 0;
        var (idBits, records, mixer) = (table.Shape.IdBits, (ulong)table.Shape.Records, table.Shape.Mixer);
        for (var i = 0; i < count; i++)
        {
            if (i < next) Ask(table, digests + Block + i, ref nextAsked[i]);

            var line = asked[i].Line;
            var spread = ((ulong*)(digests + i))[1] * mixer;
            var record = Look(line, digests + i, asked[i].Rest, ExactLine.Taken, idBits, records, out var candidates);

            var isHome = record >> 31 & 1 ^ 1;
            var isDoubtful = (candidates | ExactLine.Warning<TDigest>(line, spread)) != 0 ? 1 : 0;
            var isUnsettled = ExactTable<TDigest>.TailBytes > 0 ? isDoubtful : isDoubtful & ~isHome;
            results[i] = record;
            settledFound += isHome & ~isUnsettled;
            unsettled[unsettledCount] = i;
            unsettledCount += isUnsettled;
        }
        for (var i = 0; i < unsettledCount; i++) AskAgain(table, digests + unsettled[i], results[unsettled[i]], asked[unsettled[i]].Line);
        found += settledFound;
        return unsettledCount;
    }

    /// <summary>Asks for what decides: the tail of a digest whose head was found, else its other line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskAgain(ExactTable<TDigest> table, TDigest* digest, int found, byte* home)
    {
        if (found >= 0)
        {
            IntoSecondCache.Ask(table.Tails + (long)found * ExactTable<TDigest>.TailBytes);
            return;
        }
        var spread = ((ulong*)digest)[1] * table.Shape.Mixer;
        IntoSecondCache.Ask(table.Line(table.Shape.Other((home - table.Lines) / ExactLine.Bytes, spread)));
    }

    /// <summary>The record of a digest in one line; or -1, if it isn't there or if several slots are candidates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Look(byte* line, TDigest* digest, ulong rest, ulong where, int idBits, ulong records, out uint candidates)
    {
        var second = ((ulong*)digest)[1];
        candidates = ExactLine.Candidates(line, second);
        // The first candidate's slot; of none the last one, where the second number then differs.
        var slot = BitOperations.TrailingZeroCount(candidates | 1u << ExactLine.Slots - 1);
        var difference = ExactLine.Rests(line)[slot] ^ rest;
        ulong state = ExactLine.States(line)[slot];
        var id = (uint)difference | (uint)(state & ExactLine.UpperId) << idBits;
        // Zero if it is the digest; the upper bit of the last term is set if no record has the number.
        var wrong = ExactLine.Seconds(line)[slot] ^ second | difference >> idBits | (state ^ where) & ExactLine.Where | (records - 1 - id) >> 63;
        if (ExactLine.HasThird<TDigest>()) wrong |= ExactLine.Thirds(line)[slot] ^ ((uint*)digest)[4];
        var isHere = wrong == 0 ? 1 : 0;
        return (int)id | isHere - 1;
    }

    /// <summary>What home didn't settle, now that more has come: the tails of digests whose heads were found, and the other lines.</summary>
    [SkipLocalsInit]
    private static int FindLate(ExactParts<TDigest> parts, TDigest* digests, int* results, int* unsettled, int count)
    {
        var away = stackalloc int[Block];
        int awayCount = 0, found = 0;
        for (var i = 0; i < count; i++)
        {
            var at = unsettled[i];
            if (results[at] < 0)
            {
                results[at] = LookAway(parts.Table, digests + at);
                // Its tail has yet to come; the others first.
                if (ExactTable<TDigest>.TailBytes > 0)
                {
                    away[awayCount++] = at;
                    continue;
                }
            }
            found += Conclude(parts, digests + at, results + at);
        }
        for (var i = 0; i < awayCount; i++) found += Conclude(parts, digests + away[i], results + away[i]);
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LookAway(ExactTable<TDigest> table, TDigest* digest)
    {
        var shape = table.Shape;
        var place = table.Place(digest);
        var other = table.Line(shape.Other(place.Home, place.Spread));
        var record = Look(other, digest, place.Rest, ExactLine.Taken | ExactLine.Away, shape.IdBits, (ulong)shape.Records, out _);
        if (ExactTable<TDigest>.TailBytes > 0) IntoSecondCache.Ask(table.Tails + (long)Math.Max(0, record) * ExactTable<TDigest>.TailBytes);
        return record;
    }

    /// <summary>1 if the digest was found. What the quick look gave is right if the tail is; else the thorough one decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Conclude(ExactParts<TDigest> parts, TDigest* digest, int* result)
    {
        if (*result < 0 || !parts.Table.TailEquals(*result, digest)) *result = ExactLookup<TDigest>.Find(parts, digest);
        return *result < 0 ? 0 : 1;
    }
}
