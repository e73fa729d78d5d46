namespace Egida.HashBank.Imports;

/// <summary>What a batch changes, decided and not yet written.</summary>
internal sealed class BatchPlan
{
    /// <summary>In the order of their numbers.</summary>
    public List<HeldRecord> New { get; } = [];

    /// <summary>Records that were there before and are different now.</summary>
    public List<HeldRecord> Changed { get; } = [];

    /// <summary>For each statement what it says. Most batches are one statement.</summary>
    public List<List<Contribution>> Said { get; } = [];

    public List<FurtherHash> Further { get; } = [];

    public List<SourceEntry> EntriesAdded { get; } = [];

    public List<SourceEntry> EntriesRemoved { get; } = [];

    /// <summary>Classifications that nobody used before.</summary>
    public List<Classification> Classifications { get; } = [];

    public List<(long Place, string Code, string Detail)> Refused { get; } = [];

    public ImportCounts Counts { get; set; } = new();

    /// <summary>How many rows were decided. The others are the begin of the next batch.</summary>
    public int Rows { get; set; }

    /// <summary>For how many records more, or fewer, the source stands.</summary>
    public int StandingChange { get; set; }

    /// <summary>Records that the source stood for as known and doesn't any more: what the brake counts.</summary>
    public int Withdrawn { get; set; }

    public bool IsEmpty => New.Count + Changed.Count == 0;
}
