using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Egida.Platform.Telemetry;

/// <summary>Traces and figures. Tags are kinds, outcomes and routes: never an address, a code or a name.</summary>
internal static class EgidaTelemetry
{
    public const string Name = "Egida";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> WorkSeconds = Meter.CreateHistogram<double>("egida.work.duration", "s", "Time a piece of work took");

    public static void WorkDone(string kind, string outcome, TimeSpan took) =>
        WorkSeconds.Record(took.TotalSeconds, new("egida.work.kind", kind), new("egida.work.outcome", outcome));
}
