using System.Diagnostics.Metrics;
using Egida.Platform.Telemetry;

namespace Egida.Intake;

/// <summary>How often forms and receipt codes are refused: the only trace of somebody guessing. Without the code, the form or who it was.</summary>
internal static class IntakeFigures
{
    private static readonly Meter Meter = new(EgidaTelemetry.Name);

    private static readonly Counter<long> Looks = Meter.CreateCounter<long>("egida.intake.receipt_looks", description: "Receipt codes entered, by what came of it");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("egida.intake.forms_refused", description: "Forms that came back for another reason than their answers");

    public static void ReceiptLook(string outcome) => Looks.Add(1, new KeyValuePair<string, object?>("egida.intake.outcome", outcome));

    public static void FormRefused(string reason) => Refused.Add(1, new KeyValuePair<string, object?>("egida.intake.reason", reason));
}
