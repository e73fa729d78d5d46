using Egida.HashSearch;

namespace Egida.Match.Tests.Lists;

public sealed class CanaryTests : IDisposable
{
    private const string Series = "hotline.example/known";
    private readonly Hotline _hotline = new();
    private readonly Canaries _canaries = new("a secret of the tests alone"u8.ToArray());

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void A_leaked_entry_says_whose_list_it_was()
    {
        string[] recipients = ["laboratory.example", "provider.example", "hoster.example"];
        foreach (var recipient in recipients)
        {
            var leaked = _canaries.Of(Series, recipient, 4711, "pl:a");
            Assert.Equal(recipient, _canaries.WhoseIs($"{leaked.Md5[0]}", Series, recipients, [17, 4711]));
            Assert.Equal(recipient, _canaries.WhoseIs($"{leaked.Pdq[0]}".ToUpperInvariant(), Series, recipients, [17, 4711]));
        }
        Assert.Null(_canaries.WhoseIs($"{Hotline.Record(1).Md5[0]}", Series, recipients, [17, 4711]));
    }

    [Fact]
    public void In_the_list_it_looks_like_any_other_record()
    {
        var canary = _canaries.Of(Series, "laboratory.example", 3, "pl:a");
        using var list = _hotline.Open(_hotline.Write(Hotline.Header(), [Hotline.Record(2), canary, Hotline.Record(4)]));

        Assert.Equal(3, Assert.Single(list.Find(canary.Sha256[0])).Number);
        Assert.Equal(Hash256.BitLength / 2, canary.Pdq[0].OnesCount);
    }

    [Fact]
    public void Two_numbers_two_recipients_and_two_secrets_have_nothing_in_common()
    {
        var other = new Canaries("another secret of the tests"u8.ToArray());
        ListRecord[] all =
        [
            _canaries.Of(Series, "a.example", 1, "x"), _canaries.Of(Series, "a.example", 2, "x"), _canaries.Of(Series, "b.example", 1, "x"),
            _canaries.Of("other", "a.example", 1, "x"), other.Of(Series, "a.example", 1, "x"),
        ];

        Assert.Equal(all.Length, all.Select(record => record.Md5[0]).Distinct().Count());
        foreach (var (i, one) in all.Index())
            Assert.All(all.Skip(i + 1), another => Assert.InRange(one.Pdq[0].Distance(another.Pdq[0]), 80, 176));
    }
}
