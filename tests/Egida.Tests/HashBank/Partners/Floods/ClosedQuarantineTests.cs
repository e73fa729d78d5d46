using Egida.Access;
using Egida.HashBank;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Disputes;

namespace Egida.Tests.HashBank.Partners.Floods;

/// <summary>Only what is in use is in quarantine: whoever may have to assess a record anew doesn't learn it there.</summary>
public sealed class ClosedQuarantineTests
{
    private const string List = "/staff/hash-bank/quarantine";

    [Theory, OnBothDatabases]
    public async Task Whoever_may_have_to_assess_a_record_anew_does_not_learn_from_the_quarantine_that_it_is_in_use(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:Floods:Floor"] = "5", ["HashBank:Floods:Factor"] = "2" });
        using var confirmer = await host.SignInEnglish(Role.Quality);
        using var assessor = await host.SignInEnglish(Role.SeniorAnalyst);
        var record = await host.Record(1);
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, confirmer.Staff!.Value, CancellationToken.None));
        using var partner = await host.Partner();
        (await partner.Ask([.. Enumerable.Range(0, 6).Select(bits => PartnerClient.Pdq(Bank.Near(1, bits), 31))])).Dispose();
        Assert.Equal([record], Numbers(await assessor.Get(List)));
        Assert.Contains("Records in quarantine: 1", (await assessor.Get("/staff")).Text, StringComparison.Ordinal);

        await partner.Dispute(record);

        // Who had a part in it sees it as before, so that somebody can let it go.
        Assert.Equal([record], Numbers(await confirmer.Get(List)));
        Assert.Contains("Records in quarantine: 1", (await confirmer.Get("/staff")).Text, StringComparison.Ordinal);
        var page = await assessor.Get(List);
        Assert.Empty(Numbers(page));
        Assert.Contains("aren't here until they have been decided", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Records in quarantine: 1", (await assessor.Get("/staff")).Text, StringComparison.Ordinal);
    }

    private static List<HashRecordId> Numbers(HtmlAnswer page) =>
        [.. page.Document.QuerySelectorAll("main tbody td:first-child a").Select(a => HashRecordId.TryParse(a.TextContent, out var id) ? id : default)];
}
