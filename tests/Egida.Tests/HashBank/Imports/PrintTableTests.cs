using Egida.HashBank.Imports;

namespace Egida.Tests.HashBank.Imports;

/// <summary>A table of candidates never forgets one, however it grows and is opened again.</summary>
public sealed class PrintTableTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("egida-prints-").FullName;

    [Fact]
    public void Every_print_is_found_through_growth_and_opening_and_hardly_any_other()
    {
        var random = new Random(1);
        var prints = Enumerable.Range(0, 400_000).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        var table = New();
        for (var i = 0; i < prints.Length; i++)
        {
            table = Add(table, prints[i], i + 1);
        }

        table.Dispose();
        using var opened = PrintTable.Open(Path.Combine(folder, "known"))!;
        var found = new List<int>();
        for (var i = 0; i < prints.Length; i++)
        {
            found.Clear();
            opened.Find(prints[i], found);
            Assert.Contains(i + 1, found);
        }

        found.Clear();
        for (var i = 0; i < 100_000; i++)
        {
            opened.Find((ulong)random.NextInt64(long.MinValue, long.MaxValue), found);
        }

        Assert.InRange(found.Count, 0, 50);
    }

    [Fact]
    public void Records_with_one_print_are_all_found_up_to_a_limit_and_the_first_are_among_them()
    {
        var table = New();
        for (var record = 1; record <= 300; record++)
        {
            table = Add(table, 0xFEDC_BA98_7654_3210, record);
            table = Add(table, 0xFEDC_BA98_7654_3210, record);
        }

        using (table)
        {
            var found = new List<int>();
            table.Find(0xFEDC_BA98_7654_3210, found);
            Assert.Equal(Enumerable.Range(1, PrintTable.MostAlike), found);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void What_isn_t_a_table_is_not_opened(int length)
    {
        File.WriteAllBytes(Path.Combine(folder, "known"), new byte[length]);

        Assert.Null(PrintTable.Open(Path.Combine(folder, "known")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private PrintTable New() => PrintTable.Create(Path.Combine(folder, "known"), new TableHeader { One = 1, Other = 2 });

    private PrintTable Add(PrintTable table, ulong print, int record)
    {
        while (table.IsCrowded || !table.Add(print, record))
        {
            var grown = table.Grow(Path.Combine(folder, "new"));
            table.Dispose();
            File.Move(Path.Combine(folder, "new"), Path.Combine(folder, "known"), overwrite: true);
            table = grown;
        }

        return table;
    }
}
