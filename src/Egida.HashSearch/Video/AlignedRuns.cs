namespace Egida.HashSearch.Video;

/// <summary>
/// Finds the longest aligned run. A run is a sequence of pairs of frames such that
/// <list type="number">
/// <item>both frames of a pair come after both frames of the pair before;</item>
/// <item>between neighbouring pairs neither video goes on for longer than the longest gap;</item>
/// <item>measured from the run's first pair, the two clocks never disagree by more than the tolerance and the drift of the
/// time gone by. A frame that stays on the screen may be taken at any moment of its stay.</item>
/// </list>
/// Frames without a partner may lie between: they were missed, or one video has more frames a second.
/// </summary>
internal static class AlignedRuns
{
    /// <param name="query">When the query's frames are shown.</param>
    /// <param name="known">When the known video's frames are shown.</param>
    /// <param name="pairs">Ordered by the query's frame, then the known one's.</param>
    /// <param name="rules">Tolerance, drift and gap.</param>
    /// <returns>The longest run, the earliest among equals; null if no two pairs agree.</returns>
    public static AlignedRun? Longest(ReadOnlySpan<Shown> query, ReadOnlySpan<Shown> known, ReadOnlySpan<FramePair> pairs, VideoRules rules)
    {
        var framesLeft = QueryFramesFromHere(pairs);
        var chain = new Chain(pairs.Length);
        AlignedRun? longest = null;
        for (var first = 0; first < pairs.Length; first++)
        {
            var length = longest?.Frames ?? 1;
            // A run has each frame of the query at most once, so nothing that begins from here on can be longer.
            if (framesLeft[first] <= length) break;

            if (chain.Collect(query, known, pairs, first, rules) <= length) continue;
            chain.Link(query, known, pairs, rules.LongestGap);
            if (chain.Length <= length) continue;
            var (from, until) = (pairs[first], pairs[chain.Last]);
            longest = new(chain.Length, query[from.Query].From, query[until.Query].Until, known[from.Known].From, known[until.Known].Until);
        }
        return longest;
    }

    private static int[] QueryFramesFromHere(ReadOnlySpan<FramePair> pairs)
    {
        var left = new int[pairs.Length];
        for (var i = pairs.Length - 1; i >= 0; i--)
        {
            var next = i + 1 < pairs.Length ? left[i + 1] : 0;
            left[i] = i + 1 < pairs.Length && pairs[i + 1].Query == pairs[i].Query ? next : next + 1;
        }
        return left;
    }

    /// <summary>The pairs that can follow one first pair, and the longest way through them.</summary>
    private sealed class Chain(int most)
    {
        private readonly int[] _members = new int[most];
        private readonly int[] _lengths = new int[most];
        private int _count;

        /// <summary>Pairs in the longest run from the first pair, after <see cref="Link"/>.</summary>
        public int Length { get; private set; }

        /// <summary>The run's last pair.</summary>
        public int Last { get; private set; }

        /// <summary>Gathers the pairs whose clocks agree with the first pair's.</summary>
        /// <returns>How many frames of the query they have: no run from here is longer.</returns>
        public int Collect(ReadOnlySpan<Shown> query, ReadOnlySpan<Shown> known, ReadOnlySpan<FramePair> pairs, int first, VideoRules rules)
        {
            var start = pairs[first];
            var (startLeast, startMost) = ClockDifference(query[start.Query], known[start.Known]);
            (_members[0], _count) = (first, 1);
            var frames = 1;
            for (var i = first + 1; i < pairs.Length; i++)
            {
                var pair = pairs[i];
                if (pair.Query <= start.Query || pair.Known <= start.Known) continue;
                var allowed = rules.ClockTolerance + rules.ClockDrift * (query[pair.Query].From - query[start.Query].From);
                var (least, greatest) = ClockDifference(query[pair.Query], known[pair.Known]);
                if (least > startMost + allowed || greatest < startLeast - allowed) continue;
                if (pairs[_members[_count - 1]].Query != pair.Query) frames++;
                _members[_count++] = i;
            }
            return frames;
        }

        public void Link(ReadOnlySpan<Shown> query, ReadOnlySpan<Shown> known, ReadOnlySpan<FramePair> pairs, double gap)
        {
            (_lengths[0], Length, Last) = (1, 1, _members[0]);
            for (var j = 1; j < _count; j++)
            {
                var here = pairs[_members[j]];
                _lengths[j] = 0;
                for (var i = j - 1; i >= 0; i--)
                {
                    var before = pairs[_members[i]];
                    // Kept frames don't overlap: what lies further back ends even earlier.
                    if (query[here.Query].From - query[before.Query].Until > gap) break;
                    if (_lengths[i] == 0 || _lengths[i] < _lengths[j]) continue;
                    if (before.Query < here.Query && before.Known < here.Known && known[here.Known].From - known[before.Known].Until <= gap)
                        _lengths[j] = _lengths[i] + 1;
                }
                if (_lengths[j] > Length) (Length, Last) = (_lengths[j], _members[j]);
            }
        }

        // The known video's clock minus the query's, at any moment in which both show the frame.
        private static (double Least, double Greatest) ClockDifference(Shown query, Shown known) => (known.From - query.Until, known.Until - query.From);
    }
}
