using Egida.HashBank.Imports.Sources;
using Egida.Simulators;

namespace Egida.Tests.HashBank.Imports.Sources;

public sealed class ArachnidShieldTests
{
    [Fact]
    public async Task It_is_asked_about_looks_and_files_and_says_what_is_known_there()
    {
        await using var bench = await FeedBench.Start();
        var shield = new ArachnidShield(bench.Http, bench.Configuration);
        var desk = bench.World.HashSharing.Arachnid;
        desk.Know(Convert.ToBase64String(Bank.Look(1).ToByteArray()), "csam");
        desk.Know("a picture"u8.ToArray(), "harmful-abusive-material");

        var looks = await shield.LookUp([Bank.Look(2), Bank.Look(1), Bank.Look(2)], CancellationToken.None);
        var known = await shield.LookUp("a picture"u8.ToArray(), "image/png", CancellationToken.None);
        var unknown = await shield.LookUp("another"u8.ToArray(), "image/png", CancellationToken.None);

        Assert.True(shield.IsConfigured);
        Assert.Equal([null, "csam", null], looks.Select(v => v.Classification));
        Assert.Equal("foobarfoobarfoobarfo", System.Text.Encoding.ASCII.GetString(Assert.Single(looks[1].Near).Sha1!));
        Assert.Equal(("harmful-abusive-material", true), (known.Classification, known.IsExact));
        Assert.Null(unknown.Classification);
    }

    [Theory]
    [InlineData(HashSharingFault.Unavailable, "http-503")]
    [InlineData(HashSharingFault.CutOff, "damaged")]
    [InlineData(HashSharingFault.Broken, "unreachable")]
    public async Task A_question_is_asked_once_and_what_goes_wrong_is_said(HashSharingFault fault, string problem)
    {
        await using var bench = await FeedBench.Start();
        bench.World.HashSharing.Arachnid.Behave(fault);

        var e = await Assert.ThrowsAsync<FeedException>(() => new ArachnidShield(bench.Http, bench.Configuration).LookUp([Bank.Look(1)], CancellationToken.None));

        Assert.StartsWith(problem, e.Message, StringComparison.Ordinal);
        Assert.Single(bench.World.HashSharing.Arachnid.Requests);
    }
}
