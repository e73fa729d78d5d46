using Egida.Platform.Work;

namespace Egida.Evidence.Capture;

internal static class SpoolWaiting
{
    /// <summary>What a worker returns while the capture process is at it.</summary>
    public static WorkOutcome Wait(this Spool spool, CaptureSettings settings, TimeSpan waited) =>
        spool.IsFull || spool.UsedBytes() >= settings.MaxSpoolBytes
            ? new WorkOutcome.TryAgain("spool-full: the capture process can't write; free the disk or raise Capture:MaxSpoolBytes")
            : waited > settings.Patience
                ? new WorkOutcome.TryAgain("capture-silent: no answer from the capture process; is `egida capture` running on this spool?")
                : new WorkOutcome.Later(settings.Poll);
}
