using Egida.HashBank.Looks;
using Egida.HashBank.Partners.Floods;
using Egida.HashSearch;
using Egida.Platform.Database;

namespace Egida.HashBank.Partners;

/// <summary>Answers a partner's questions from one moment of the database: what is known, as far as this partner may know it. It learns nothing before that was counted and noted.</summary>
internal sealed class AnswerPartner(EgidaDb db, BankSearch search, VideoSearch videos, MatchDetails details, Lists.CanaryWatch canaries, AnswerLedger ledger)
{
    private const int MostMatches = 20;

    /// <param name="Ways">The hashes of one item by which it is looked up.</param>
    /// <param name="Refused">Why nothing is looked up.</param>
    public readonly record struct Question(IReadOnlyList<BankSearch.Asked> Ways, MatchMessages.Refusal? Refused)
    {
        /// <summary>A video is looked up by its frames together.</summary>
        public VideoHash? Video { get; init; }

        /// <summary>How many hashes that are.</summary>
        public int Hashes => Math.Max(1, Ways.Count + (Video?.Count ?? 0));

        public static Question Of(BankSearch.Asked way) => new([way], null);

        public static Question Refuse(string code, string detail) => new([], new MatchMessages.Refusal(code, detail));
    }

    /// <returns>The answers in the places of the questions, and the change number at which they hold.</returns>
    public async Task<(long Change, IReadOnlyList<MatchMessages.Answer> Answers)> Handle(
        HashPartner partner, string purpose, IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        var (change, answers, note) = await Look(partner, purpose, questions, cancellation);
        await canaries.See(partner, questions.SelectMany(q => q.Ways).Select(way => (way.Kind, way.Value)), cancellation);
        // An answer that left no trace would be worth asking for.
        await ledger.Write(note, cancellation);
        return (change, answers);
    }

    private async Task<(long Change, IReadOnlyList<MatchMessages.Answer> Answers, AnswerNote Note)> Look(
        HashPartner partner, string purpose, IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        var asked = questions.SelectMany(q => q.Ways).ToList();
        await using var moment = await BankMoment.Begin(db, cancellation);
        var found = await search.FindNow(asked, cancellation);
        var hits = new List<BankHit>[questions.Count];
        for (int i = 0, next = 0; i < hits.Length; next += questions[i++].Ways.Count)
        {
            hits[i] = About(found.Hits, next, questions[i].Ways.Count);
        }

        var matched = MatchCount.Of(asked, found.Hits);
        var shared = new Dictionary<BankHit, MatchMessages.Shared>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < hits.Length; i++)
        {
            if (questions[i].Video is { } video) hits[i] = await About(video, found.Change, matched, shared, cancellation);
        }

        var shown = Array.ConvertAll(hits, h => h.Count <= MostMatches ? h : h[..MostMatches]);
        var told = shown.SelectMany(h => h).ToList();
        var described = await details.Describe(partner, told, cancellation);
        var answers = questions.Select((q, i) => q.Refused is not null
            ? new MatchMessages.Answer(null, q.Refused, null)
            : new MatchMessages.Answer(shown[i].ConvertAll(h => described(h) with { Video = shared.GetValueOrDefault(h) }), null, hits[i].Count > MostMatches ? true : null)).ToList();
        return (found.Change, answers, new AnswerNote(
            partner.Id, purpose, questions.Sum(q => q.Hashes), questions.Count(q => q.Refused is not null), hits.Count(h => h.Count > 0),
            told.Select(h => h.Record.Id.Value).ToHashSet(), matched)
        { Statement = found.Statements, Change = found.Change });
    }

    private async Task<List<BankHit>> About(
        VideoHash video, long change, Dictionary<int, int> matched, Dictionary<BankHit, MatchMessages.Shared> shared, CancellationToken cancellation)
    {
        var found = await videos.Find(video, change, cancellation);
        foreach (var (hit, evidence, comparison) in found)
        {
            shared[hit] = new MatchMessages.Shared(
                [.. Enum.GetValues<VideoEvidence>().Where(e => e != 0 && evidence.HasFlag(e)).Select(e => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(e.ToString()))],
                Math.Round(comparison.QueryShare, 3), Math.Round(comparison.KnownShare, 3));
            if (hit.Record.IsUsed) matched[hit.Record.Id.Value] = matched.GetValueOrDefault(hit.Record.Id.Value) + 1;
        }

        return [.. Answerable.Among([.. found.Select(f => f.Hit)]).OrderBy(h => h.Distance).ThenBy(h => h.Record.Id.Value)];
    }

    /// <summary>What may be answered about one item, each record once: by its bytes if they are the same, else by the nearest look.</summary>
    private static List<BankHit> About(IReadOnlyList<IReadOnlyList<BankHit>> all, int first, int ways)
    {
        if (ways == 0)
        {
            return [];
        }

        if (ways == 1)
        {
            return all[first].Count == 0 ? [] : [.. Answerable.Among(all[first])];
        }

        var together = all.Skip(first).Take(ways).SelectMany(h => h).ToList();
        return [.. Answerable.Among(together).GroupBy(h => h.Record.Id).Select(g => g.MinBy(Order)).OfType<BankHit>().OrderBy(Order)];

        static (bool, int, int, int) Order(BankHit hit) => (Answerable.IsLook(hit.Kind), hit.Distance, -(int)hit.Kind, hit.Record.Id.Value);
    }
}
