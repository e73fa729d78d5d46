namespace Egida.HashSearch.Opaque;

/// <summary>Plain code, byte by byte.</summary>
internal readonly unsafe struct ScalarOpaqueKernel : IOpaqueKernel
{
    public static uint WithinL1(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record++)
        {
            if (Sums(block + record, query, words).Differences <= limit) within |= 1u << record;
        }
        return within;
    }

    public static uint WithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record++)
        {
            if (Sums(block + record, query, words).Squares <= limit) within |= 1u << record;
        }
        return within;
    }

    public static uint MaybeWithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record++)
        {
            var (differences, squares) = Sums(block + record, query, words);
            if (4L * squares - 6L * differences <= limit) within |= 1u << record;
        }
        return within;
    }

    private static (uint Differences, uint Squares) Sums(ulong* record, ulong* query, int words)
    {
        uint differences = 0, squares = 0;
        for (var word = 0; word < words; word++)
        {
            var left = (byte*)(record + word * OpaqueRecords.PerBlock);
            var right = (byte*)(query + word);
            for (var i = 0; i < sizeof(ulong); i++)
            {
                var difference = (uint)Math.Abs(left[i] - right[i]);
                differences += difference;
                squares += difference * difference;
            }
        }
        return (differences, squares);
    }
}
