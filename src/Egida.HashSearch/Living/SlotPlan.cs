namespace Egida.HashSearch.Living;

/// <summary>
/// Which lines of <see cref="SlotTables"/> a search looks into, and how near a signature has to be; see <see cref="Near.SearchPlan"/>
/// for why that is enough.
/// </summary>
internal sealed class SlotPlan
{
    private static readonly SlotPlan[] s_ofRadius = [.. Enumerable.Range(0, NearIndex.LargestRadius + 1).Select(radius => new SlotPlan(radius))];

    private readonly int[] _flips = new int[SlotTables.Chunks];
    private readonly int[] _limits = new int[SlotTables.Chunks];

    private SlotPlan(int radius)
    {
        // Budgets of radius + 1 bits in total, what doesn't divide spread evenly.
        int Budget(int chunk) => (radius + 1) * (chunk + 1) / SlotTables.Chunks - (radius + 1) * chunk / SlotTables.Chunks;
        for (var chunk = 0; chunk < SlotTables.Chunks; chunk++)
        {
            _flips[chunk] = Budget(chunk) - 1;
            _limits[chunk] = Budget(chunk) + Budget((chunk + 1) % SlotTables.Chunks) - 1;
        }
    }

    public static SlotPlan Of(int radius) => s_ofRadius[radius];

    /// <summary>How many bits of a line's number may differ; below zero: the table isn't looked into.</summary>
    public int Flips(int chunk) => _flips[chunk];

    /// <summary>How many bits of line number and signature together may differ.</summary>
    public int Limit(int chunk) => _limits[chunk];
}
