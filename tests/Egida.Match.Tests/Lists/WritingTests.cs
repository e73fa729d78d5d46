namespace Egida.Match.Tests.Lists;

public sealed class WritingTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Theory]
    [InlineData("two words", "laboratory.example", "pl", 1, 0)]
    [InlineData("hotline.example", "a\nnumber: 7", "pl", 1, 0)]
    [InlineData("hotline.example", "laboratory.example", "", 1, 0)]
    [InlineData("hotline.example", "laboratory.example", "pl", 0, 0)]
    [InlineData("hotline.example", "laboratory.example", "pl", 5, 5)]
    public void A_header_that_doesnt_hold_together_is_refused(string series, string recipient, string jurisdiction, long number, long since)
    {
        var header = Hotline.Header(number, since == 0 ? null : since) with { Series = series, Recipient = recipient, Jurisdiction = jurisdiction };

        Assert.Throws<ArgumentException>(() => new ListWriter(header));
    }

    [Fact]
    public void Records_are_checked_and_no_list_comes_of_contradictions()
    {
        using var writer = new ListWriter(Hotline.Header());
        Assert.Throws<ArgumentException>(() => writer.Add(Hotline.Record(0)));
        Assert.Throws<ArgumentException>(() => writer.Add(Hotline.Record(1, "two words")));
        Assert.Throws<ArgumentException>(() => writer.Withdraw(0));

        writer.Add(Hotline.Record(1));
        writer.Withdraw(1);
        Assert.Throws<InvalidOperationException>(() => writer.Save(_hotline.Folder["both"], _hotline.Signer));

        using var twice = new ListWriter(Hotline.Header());
        twice.Add(Hotline.Record(1));
        twice.Add(Hotline.Record(1, version: 1));
        Assert.Throws<InvalidOperationException>(() => twice.Save(_hotline.Folder["twice"], _hotline.Signer));
        Assert.Empty(Directory.EnumerateFiles(_hotline.Folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_doesnt_fit_into_memory_is_gathered_on_the_disk_and_leaves_nothing_there(bool descending)
    {
        const int count = 150_000;
        var scratch = Directory.CreateDirectory(_hotline.Folder["scratch"]).FullName;
        var path = _hotline.Folder["large.list"];
        using (var writer = new ListWriter(Hotline.Header() with { Kinds = ListKinds.Sha256 }, scratch))
        {
            for (var i = 1; i <= count; i++) writer.Add(Of(descending ? count + 1 - i : i));
            Assert.NotEmpty(Directory.EnumerateFiles(scratch));
            writer.Save(path, _hotline.Signer);
        }

        Assert.Empty(Directory.EnumerateFiles(scratch));
        using var list = _hotline.Open(path);
        Assert.Equal(count, list.Count);
        foreach (var number in (int[])[1, 2, 65_536, 65_537, 99_999, count]) Assert.Equal(number, Assert.Single(list.Find(Of(number).Sha256[0])).Number);
        Assert.Empty(list.Find(Of(count + 1).Sha256[0]));

        static ListRecord Of(int number) => new() { Number = number, Class = "pl:a", Sha256 = [HashSearch.Sha256Hash.FromBytes(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)))] };
    }

    [Fact]
    public void The_header_can_be_read_by_a_person()
    {
        var text = File.ReadAllText(_hotline.Write(Hotline.Header(12, since: 10), [Hotline.Record(1, "pl:b")], 5));

        Assert.StartsWith("egida-list/1\nseries: hotline.example/known\nnumber: 12\nsince: 10\nmade: 2026-11-26T11:00:00Z\nvalid-until: 2026-12-26T12:00:00Z\n"
            + "recipient: laboratory.example\njurisdiction: pl\nkinds: md5 sha1 sha256 pdq frames\nclasses: pl:b\nbody: ", text, StringComparison.Ordinal);
    }
}
