using System.Diagnostics;

namespace Egida.Bench;

/// <summary>Times of repeated work: medians, because other work on the machine only ever adds.</summary>
internal static class Measure
{
    /// <summary>Median seconds of one run of <paramref name="work"/>, after one run that isn't counted.</summary>
    public static double Seconds(int runs, Action work)
    {
        work();
        var times = new double[runs];
        for (var i = 0; i < runs; i++) times[i] = Once(work);
        return Percentile(times, 50);
    }

    public static double Once(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The value that <paramref name="percent"/> of the values don't exceed. Sorts the array.</summary>
    public static double Percentile(double[] values, double percent)
    {
        Array.Sort(values);
        return values[Math.Clamp((int)Math.Ceiling(percent / 100 * values.Length) - 1, 0, values.Length - 1)];
    }
}
