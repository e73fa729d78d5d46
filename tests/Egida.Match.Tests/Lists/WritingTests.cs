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
        var writer = new ListWriter(Hotline.Header());
        Assert.Throws<ArgumentException>(() => writer.Add(Hotline.Record(0)));
        Assert.Throws<ArgumentException>(() => writer.Add(Hotline.Record(1, "two words")));
        Assert.Throws<ArgumentException>(() => writer.Withdraw(0));

        writer.Add(Hotline.Record(1));
        writer.Withdraw(1);
        Assert.Throws<InvalidOperationException>(() => writer.Save(_hotline.Folder["both"], _hotline.Signer));

        var twice = new ListWriter(Hotline.Header());
        twice.Add(Hotline.Record(1));
        twice.Add(Hotline.Record(1, version: 1));
        Assert.Throws<InvalidOperationException>(() => twice.Save(_hotline.Folder["twice"], _hotline.Signer));
        Assert.Empty(Directory.EnumerateFiles(_hotline.Folder.Path));
    }

    [Fact]
    public void The_header_can_be_read_by_a_person()
    {
        var text = File.ReadAllText(_hotline.Write(Hotline.Header(12, since: 10), [Hotline.Record(1, "pl:b")], 5));

        Assert.StartsWith("egida-list/1\nseries: hotline.example/known\nnumber: 12\nsince: 10\nmade: 2026-11-26T11:00:00Z\nvalid-until: 2026-12-26T12:00:00Z\n"
            + "recipient: laboratory.example\njurisdiction: pl\nkinds: md5 sha1 sha256 pdq frames\nclasses: pl:b\nbody: ", text, StringComparison.Ordinal);
    }
}
