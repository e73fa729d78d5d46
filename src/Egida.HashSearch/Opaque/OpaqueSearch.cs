namespace Egida.HashSearch.Opaque;

/// <summary>Which records are compared with a query.</summary>
internal enum OpaqueWay
{
    /// <summary>Whichever a sample of the records says is cheaper for the query.</summary>
    ByEstimate,

    /// <summary>All records.</summary>
    All,

    /// <summary>Those whose sketches don't rule them out.</summary>
    BySketch,
}

/// <summary>What is looked for.</summary>
internal readonly record struct OpaqueSearch(OpaqueMetric Metric, int Threshold, int Most, OpaqueWay Way, CancellationToken Cancellation = default)
{
    /// <summary>What a sketch is compared with: it rules a record out above this.</summary>
    public uint SketchLimit { get; } = (uint)(Metric == OpaqueMetric.L1 ? CellSums.L1Limit(Threshold) : Threshold);
}
