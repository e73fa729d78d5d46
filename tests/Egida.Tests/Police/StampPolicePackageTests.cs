using System.Net;
using Egida.Access;
using Egida.Police;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;

namespace Egida.Tests.Police;

public sealed class StampPolicePackageTests
{
    private const string Stamp = "police.stamp-package";

    [Theory, OnBothDatabases]
    public async Task A_third_party_says_when_the_sealed_file_existed_and_openssl_agrees(DatabaseKind database)
    {
        await using var bench = await PoliceBench.Start(database);
        var id = await bench.ToPolice();

        await bench.Build();

        var part = Assert.Single(await bench.Parts());
        Assert.Equal([part.Sha256], bench.World.Tsa.Stamped.Select(s => Convert.ToHexStringLower(s)));
        Assert.Contains("Simulated time-stamp authority", part.StampedBy, StringComparison.Ordinal);
        Assert.InRange(part.StampedAt!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.Contains("PolicePackageStamped", await bench.Host.EventsAbout(id));
        var (token, data) = (Path.Combine(bench.Host.Folder, "stamp.tst"), bench.PathOf(part));
        await File.WriteAllBytesAsync(token, part.Stamp!);
        string[] verify = ["ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", bench.World.Tsa.RootFile];
        Assert.Contains("Verification: OK", OpenSsl.Run(verify), StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(data);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(data, bytes);
        Assert.NotEqual(0, OpenSsl.Try("openssl", verify).Code);
    }

    [Theory]
    [InlineData(TsaFault.Unavailable, "tsa-away")]
    [InlineData(TsaFault.Aborted, "tsa-unreachable")]
    [InlineData(TsaFault.Html, "tsa-strange-answer")]
    [InlineData(TsaFault.Garbage, "tsa-strange-answer")]
    [InlineData(TsaFault.Rejection, "tsa-refused")]
    [InlineData(TsaFault.WrongImprint, "tsa-wrong-imprint")]
    [InlineData(TsaFault.WrongNonce, "tsa-wrong-nonce")]
    [InlineData(TsaFault.WrongChain, "tsa-wrong-chain")]
    [InlineData(TsaFault.ExpiredCertificate, "tsa-wrong-signature")]
    [InlineData(TsaFault.NotForStamping, "tsa-wrong-signature")]
    [InlineData(TsaFault.BrokenSignature, "tsa-wrong-signature")]
    public async Task Without_a_true_stamp_the_package_waits_says_why_and_goes_to_nobody(TsaFault fault, string problem)
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite);
        await bench.ToPolice();
        bench.World.Tsa.Fault = fault;

        await bench.Build();
        await bench.Send(TimeSpan.FromDays(1));

        var package = Assert.Single(await bench.Packages());
        Assert.Equal((PolicePackageState.Sealed, false), (package.State, package.NotifiedAt is not null));
        Assert.Null(Assert.Single(await bench.Parts()).Stamp);
        Assert.StartsWith(problem, (await bench.Work(Stamp)).LastProblem, StringComparison.Ordinal);
        Assert.Empty(bench.Inbox);
        using var liaison = await bench.Host.SignInEnglish(Role.PoliceLiaison);
        Assert.Equal(HttpStatusCode.NotFound, (await liaison.Http.GetAsync($"/staff/police/{package.Id}/parts/1")).StatusCode);
        Assert.Contains(problem, (await liaison.Get($"/staff/police/{package.Id}")).Text, StringComparison.Ordinal);

        bench.World.Tsa.Fault = TsaFault.None;
        await bench.Run(Stamp, TimeSpan.FromHours(2));
        await bench.Send();

        Assert.Single(bench.Inbox);
        Assert.Equal(PolicePackageState.Notified, Assert.Single(await bench.Packages()).State);
    }

    [Fact]
    public async Task A_stamp_under_another_policy_than_the_wanted_one_is_none()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, (settings, _) => settings["TimeStamps:Policy"] = TimeStampService.Policy);
        await bench.ToPolice();
        bench.World.Tsa.Fault = TsaFault.WrongPolicy;

        await bench.Build();
        Assert.StartsWith("tsa-wrong-policy", (await bench.Work(Stamp)).LastProblem, StringComparison.Ordinal);

        bench.World.Tsa.Fault = TsaFault.None;
        await bench.Run(Stamp, TimeSpan.FromHours(2));
        Assert.NotNull(Assert.Single(await bench.Parts()).Stamp);
    }

    [Fact]
    public async Task An_authority_that_is_down_for_a_day_is_asked_until_it_is_back()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, (settings, _) => settings["TimeStamps:AskAgainAfter"] = "01:00:00");
        await bench.ToPolice();
        bench.World.Tsa.Fault = TsaFault.Unavailable;
        await bench.Build();

        await bench.Run(Stamp, TimeSpan.FromDays(1));
        Assert.Null((await bench.Work(Stamp)).ParkedAt);

        bench.World.Tsa.Fault = TsaFault.None;
        await bench.Run(Stamp, TimeSpan.FromHours(1));
        Assert.NotNull(Assert.Single(await bench.Packages()).StampedAt);
    }

    [Fact]
    public async Task Without_an_authority_the_package_waits_and_says_what_to_set()
    {
        await using var bench = await PoliceBench.Start(DatabaseKind.Sqlite, (settings, _) => settings.Remove("TimeStamps:Url"));
        await bench.ToPolice();

        await bench.Build();

        var work = await bench.Work(Stamp);
        Assert.NotNull(work.ParkedAt);
        Assert.Contains("TimeStamps:Url", work.LastProblem, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await bench.Packages()).StampedAt);
    }
}
