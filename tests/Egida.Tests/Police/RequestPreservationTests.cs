using Egida.Access;
using Egida.Contacts;
using Egida.Police;
using Egida.Police.Preservation;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;
using Egida.Tests.Tracing;

namespace Egida.Tests.Police;

public sealed class RequestPreservationTests
{
    private const string Abuse = "abuse@hosting-pl.example";

    [Theory, OnBothDatabases]
    public async Task The_provider_is_asked_once_to_keep_the_data_and_learns_the_exact_address(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do("police.build-package", "police.stamp-package");
        var package = Assert.Single(await bench.All<PolicePackage>());
        using var lead = await bench.App.SignInEnglish(Role.SeniorAnalyst);
        var form = $"form[action='/staff/police/{package.Id}/preservation']";

        await lead.Submit(await lead.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["preservationReason"] = "Asked by the unit by phone." }, form);
        var again = await lead.Submit(await lead.Get($"/staff/police/{package.Id}"), new Dictionary<string, string> { ["preservationReason"] = "Asked by the unit by phone." }, form);
        await bench.Do("police.send-preservation-request");

        Assert.Contains("asked already", (await lead.Follow(again)).Text, StringComparison.Ordinal);
        var letter = Assert.Single(bench.World.Mail.Inbox(Abuse)).Parse();
        Assert.All([bench.World.WalkPage, "EGZ-2026-000001", package.Reference, "90"], part => Assert.Contains(part, letter.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Asked by the unit", letter.Text, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await bench.All<PreservationRequest>()).SentAt);
        Assert.Contains("PreservationRequested", await bench.App.EventsAbout(id));
    }

    [Fact]
    public void Nobody_is_asked_without_a_reason_or_a_known_mailbox()
    {
        var provider = new ProviderContact("Hosting", Abuse, "PL", ContactSource.Approved);

        Assert.IsType<RequestPreservation.Outcome.Asks>(RequestPreservation.Decide(provider, false, "why"));
        Assert.IsType<RequestPreservation.Outcome.Refused>(RequestPreservation.Decide(provider, false, " "));
        Assert.IsType<RequestPreservation.Outcome.Refused>(RequestPreservation.Decide(provider, true, "why"));
        Assert.IsType<RequestPreservation.Outcome.Refused>(RequestPreservation.Decide(null, false, "why"));
    }
}
