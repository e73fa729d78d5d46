using Egida.HashSearch.Kernels;
using Egida.HashSearch.Living;

namespace Egida.HashSearch.Tests.Living;

public class SlotTablesTests
{
    public static TheoryData<string> Kernels => [.. KernelRegistry.Available.Select(kernel => kernel.ToString())];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_tables_find_exactly_what_comparing_with_all_finds_at_every_radius(string kernel)
    {
        var random = new Random(1);
        foreach (var capacity in (int[])[16, 100, 3000])
        {
            using var filled = new Filled(Codes.Mixed(capacity, random), capacity);
            for (var radius = 0; radius <= NearIndex.LargestRadius; radius++)
            {
                var query = Codes.Near(filled.Codes[random.Next(capacity)], 50, random);
                Assert.Equal(filled.Brute(query, radius, capacity), filled.Find(Enum.Parse<Kernel>(kernel), query, radius, capacity));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_same_code_again_and_again_crowds_every_table_and_all_are_found(string kernel)
    {
        const int count = 4096;
        var code = Codes.Uniform(new(2));
        using var filled = new Filled([.. Enumerable.Repeat(code, count)], count);

        Assert.Equal(Enumerable.Range(0, count).Select(number => new SlotHit(number, 0)), filled.Find(Enum.Parse<Kernel>(kernel), code, 31, count));
        Assert.Equal(count, filled.Find(Enum.Parse<Kernel>(kernel), Some.Flip(code, 77), 1, count).Count);
        Assert.Empty(filled.Find(Enum.Parse<Kernel>(kernel), Some.Flip(code, 77), 0, count));
    }

    [Fact]
    public void Codes_that_were_not_published_are_passed_over()
    {
        var codes = Codes.Mixed(1000, new(3));
        using var filled = new Filled(codes, 1000);
        foreach (var published in (int[])[0, 1, 500, 999])
            Assert.Equal(filled.Brute(codes[0], 47, published), filled.Find(KernelRegistry.Preferred, codes[0], 47, published));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public async Task Who_looks_while_another_one_adds_sees_exactly_what_was_published(string kernel)
    {
        const int count = 20_000;
        using var filled = new Filled(Codes.Mixed(count, new(4)), count, add: 0);
        var published = 0;
        var compared = 0;
        string? difference = null;
        var looking = Task.Run(() =>
        {
            var random = new Random(5);
            while (Volatile.Read(ref published) < count && difference is null)
            {
                var seen = Volatile.Read(ref published);
                var query = Codes.Near(filled.Codes[random.Next(count)], 30, random);
                var found = filled.Find(Enum.Parse<Kernel>(kernel), query, 20, seen);
                if (!found.SequenceEqual(filled.Brute(query, 20, seen))) difference = $"of {seen} codes";
                compared++;
            }
        });

        for (var number = 0; number < count; number++)
        {
            filled.Add(number);
            Volatile.Write(ref published, number + 1);
            // Not faster than somebody can look.
            if (number / 100 > Volatile.Read(ref compared)) Thread.Yield();
        }
        await looking;
        Assert.Null(difference);
    }

    /// <summary>Tables with codes in memory that doesn't move.</summary>
    private sealed unsafe class Filled : IDisposable
    {
        private readonly Hash256[] _codes;
        private readonly SlotTables _tables;

        public Filled(Hash256[] codes, int capacity, int? add = null)
        {
            _codes = GC.AllocateArray<Hash256>(codes.Length, pinned: true);
            codes.CopyTo(_codes.AsSpan());
            _tables = new(capacity);
            for (var number = 0; number < (add ?? codes.Length); number++) Add(number);
        }

        public Hash256[] Codes => _codes;

        public void Add(int number)
        {
            fixed (Hash256* codes = _codes) _tables.Add(codes, number, number + 1);
        }

        public List<SlotHit> Find(Kernel kernel, Hash256 query, int radius, int published)
        {
            fixed (Hash256* codes = _codes)
                return [.. SlotSearch.Find(kernel, _tables, codes, published, query, radius).ToArray().OrderBy(hit => hit.Number)];
        }

        public List<SlotHit> Brute(Hash256 query, int radius, int published) =>
            [.. _codes.Take(published).Select((code, number) => new SlotHit(number, code.Distance(query))).Where(hit => hit.Distance <= radius)];

        public void Dispose() => _tables.Dispose();
    }
}
