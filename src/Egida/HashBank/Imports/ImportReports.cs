using Egida.Platform;

namespace Egida.HashBank.Imports;

/// <summary>Where the reports of refused rows lie: a file a run.</summary>
internal sealed class ImportReports(IConfiguration configuration)
{
    public string PathOf(ImportRunId run) => Path.Combine(DataFolder.Of(configuration, "hash-imports"), $"{run}.csv");

    public ImportReport Open(ImportRun run) => ImportReport.Open(PathOf(run.Id), run.ReportLength);
}
