using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports.Sources.Health;

public enum FeedMood
{
    /// <summary>What was there when it was asked last is in the bank.</summary>
    Fine,

    /// <summary>Named in the settings, and nothing of it is in the bank yet.</summary>
    NotYet,

    /// <summary>The last attempts failed; it is tried again by itself.</summary>
    Failing,

    /// <summary>Nothing came for longer than its period.</summary>
    Silent,

    /// <summary>What it sent takes back so much that a person decides.</summary>
    Held,

    /// <summary>Trying again doesn't help: somebody must look.</summary>
    Stopped,
}

/// <summary>How a live source does: how far it is followed, and what its work says.</summary>
/// <param name="Name">As the settings call it.</param>
/// <param name="Source">The code of the source that it contributes as.</param>
public sealed record FeedHealth(string Name, string Kind, string Source, TimeSpan Every)
{
    private const string Held = "import-held";

    private static readonly TimeSpan LeastGrace = TimeSpan.FromMinutes(10);

    /// <summary>When the last range was asked for that is in the bank: up to then nothing is missing.</summary>
    public DateTime? HadAt { get; init; }

    public string? Checkpoint { get; init; }

    /// <summary>A range is downloaded and isn't in the bank yet: when it was asked for.</summary>
    public DateTime? SpoolAt { get; init; }

    /// <summary>A worker is at its work until then, and renews that while it lives.</summary>
    public DateTime? LeasedUntil { get; init; }

    /// <summary>When its work was first ordered.</summary>
    public DateTime? OrderedAt { get; init; }

    public DateTime? FailedAt { get; init; }

    public DateTime? ParkedAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>A code and a short text without addresses.</summary>
    public string? Problem { get; init; }

    public DateTime? LastAttempt => new[] { HadAt, SpoolAt, FailedAt }.Max();

    public TimeSpan? Lag(DateTime now) => HadAt is { } had ? now - had : null;

    /// <summary>It has answered, and what came is going in right now; a large range takes longer than any period.</summary>
    public bool IsImporting(DateTime now) => SpoolAt is not null && LeasedUntil > now;

    /// <summary>A quarter of the period, because asking and importing take their time.</summary>
    public bool IsSilent(DateTime now) => !IsImporting(now) && (HadAt ?? OrderedAt) is { } last && now - last > Every + (Every / 4 > LeastGrace ? Every / 4 : LeastGrace);

    public FeedMood Mood(DateTime now) => this switch
    {
        { ParkedAt: not null } => FeedMood.Stopped,
        _ when Code == Held => FeedMood.Held,
        _ when IsSilent(now) => FeedMood.Silent,
        { Attempts: > 0 } => FeedMood.Failing,
        { HadAt: null } => FeedMood.NotYet,
        _ => FeedMood.Fine,
    };

    /// <summary>What a person is to do about the problem: the end of a text's key.</summary>
    public string? ToDo => Code switch
    {
        null => null,
        "http-401" or "http-403" => "key",
        "source-unknown" => "admit",
        "stopncii-trust" or "arachnid-trust" => "trust",
        Held => "held",
        "import-broken" => "broken",
        "import-abandoned" => "abandoned",
        "endless" or "too-large" or "http-413" => "bounds",
        "environment" or "credentials" or "group" or "base-url" or "unknown-kind" or "elsewhere" or "impossible" or "http-400" => "settings",
        _ => "wait",
    };

    private string? Code => CodeOf(Problem);

    private static string? CodeOf(string? problem) => problem?.Split(':', 2)[0];

    public static async Task<IReadOnlyList<FeedHealth>> Load(EgidaDb db, FeedsOptions feeds, WorkOptions working, CancellationToken cancellation)
    {
        var subjects = feeds.Feeds.Keys.ToDictionary(FollowFeed.SubjectOf);
        var ids = subjects.Keys.ToList();
        var states = await db.Set<FeedState>().AsNoTracking().ToDictionaryAsync(f => f.Name, StringComparer.Ordinal, cancellation);
        var work = (await db.Set<WorkItem>().AsNoTracking().Where(w => w.Kind == FollowFeed.WorkKind && ids.Contains(w.SubjectId)).ToListAsync(cancellation)).ToLookup(w => subjects[w.SubjectId]);
        return [.. feeds.Feeds.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => Of(f.Key, f.Value, states.GetValueOrDefault(f.Key), [.. work[f.Key]], working))];
    }

    internal static FeedHealth Of(string name, FeedOptions options, FeedState? state, IReadOnlyList<WorkItem> work, WorkOptions working)
    {
        var open = work.FirstOrDefault(w => w.DoneAt is null);
        return new FeedHealth(name, options.Kind, options.Source.Length > 0 ? options.Source : name, options.Every)
        {
            HadAt = state?.HadAt,
            Checkpoint = state?.Checkpoint,
            SpoolAt = state?.SpoolAt,
            OrderedAt = work.Select(w => (DateTime?)w.CreatedAt).Min(),
            LeasedUntil = open?.LeasedUntil,
            ParkedAt = open?.ParkedAt,
            Attempts = open?.Attempts ?? 0,
            Problem = open?.LastProblem,
            // A failure is put down as the time of the next attempt: the pause before it is known. Waiting for a person is no failure, and what failed before it isn't known any more.
            FailedAt = open switch
            {
                null => null,
                { ParkedAt: { } parked } => parked,
                { Attempts: > 0 } when CodeOf(open.LastProblem) != Held => open.DueAt - WorkQueue.Pause(open.Attempts, working.FirstPause),
                _ => null,
            },
        };
    }
}
