namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>Step 4: the sum of the steps between neighbours, each as a truncated percentage of the full range.</summary>
internal static class Quality
{
    public static int Of(float[,] samples)
    {
        var sum = 0;
        for (var i = 0; i < Downsampling.Side; i++)
        {
            for (var j = 0; j < Downsampling.Side; j++)
            {
                if (i > 0) sum += Step(samples[i - 1, j], samples[i, j]);
                if (j > 0) sum += Step(samples[i, j - 1], samples[i, j]);
            }
        }
        return Math.Min(100, sum / 90);
    }

    private static int Step(float from, float to) => Math.Abs((int)((from - to) * 100 / 255));
}
