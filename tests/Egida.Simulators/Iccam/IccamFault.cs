namespace Egida.Simulators;

/// <summary>What goes wrong at the exchange.</summary>
public enum IccamFault
{
    None,

    /// <summary>503 to every change of the assigned country.</summary>
    AssignmentAway,

    /// <summary>403 with `errors` to every change of the assigned country.</summary>
    AssignmentRefused,

    /// <summary>A new report is kept, but the connection breaks before the sender learns its number.</summary>
    ReportAnswerLost,

    /// <summary>A report that is read back doesn't say which reference it came with.</summary>
    ReferenceNotNamed,
}
