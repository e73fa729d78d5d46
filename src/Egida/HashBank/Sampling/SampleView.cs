using Egida.HashBank.Disputes;

namespace Egida.HashBank.Sampling;

/// <summary>What the page of a draw is drawn from.</summary>
public static class SampleView
{
    /// <param name="IsOpen">Somebody may still have to assess one of it: who assessed first isn't shown.</param>
    public sealed record Group(SampleGroup Of, string Source, string? Assessor, int Looked, bool IsOpen);

    /// <param name="IsClosed">The record is in dispute again, and whoever looks may have to decide: what was decided isn't shown.</param>
    public sealed record Case(HashRecordId Record, HashDisputeId Id, string Number, DisputeVerdict? Verdict, bool IsClosed);

    /// <param name="Again">Null if nobody asked; else the records that the seed draws and aren't in the sample, or the other way round.</param>
    public sealed record Facts(HashSample Sample, string DrawnBy, IReadOnlyList<Group> Groups, IReadOnlyList<Case> Cases, IReadOnlyList<HashRecordId>? Again);
}
