namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// Step 2, along a row. The running sum is part of the definition: another order of additions rounds differently and changes
/// bits of the hash.
/// </summary>
internal static class RowBox
{
    public static void Blur(ReadOnlySpan<float> row, Span<float> blurred, BoxWindow window)
    {
        var (sum, held) = (0f, 0);
        var (incoming, leaving, output) = (0, 0, 0);

        for (; held < window.Lead; held++) sum += row[incoming++];
        while (held < window.Size)
        {
            sum += row[incoming++];
            held++;
            blurred[output++] = sum / held;
        }
        while (incoming < row.Length)
        {
            sum += row[incoming++];
            sum -= row[leaving++];
            blurred[output++] = sum / held;
        }
        while (output < row.Length)
        {
            sum -= row[leaving++];
            held--;
            blurred[output++] = sum / held;
        }
    }
}
