using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Imports;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank;

/// <summary>A source may propose millions: the list of records and the start page look at no more than they show.</summary>
public sealed class ListHashRecordsTests
{
    private const int Proposed = ListHashRecords.Most + 6;

    [Theory, OnBothDatabases]
    public async Task Of_one_state_no_more_are_counted_than_are_listed_and_the_page_says_so(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var known = await host.Known(1_000_001);
        await host.Admit("lab", Trust.Proposes);
        await host.Import("lab", Enumerable.Range(1, Proposed).Select(i => (ImportRow)Row(i, i, hashes: Hashes(i, md5: false, pdq: false))));
        using var staff = await host.SignInEnglish(Role.Quality);

        var page = await staff.Get("/staff/hash-bank?state=Proposed");
        Assert.Contains($"Records ({ListHashRecords.Most})", page.Text, StringComparison.Ordinal);
        Assert.Contains("at most the newest 1,000 are counted", page.Text, StringComparison.Ordinal);
        Assert.Equal(known.Value + Proposed, Numbers(page)[0]);
        Assert.Equal(known.Value + 7, Numbers(await staff.Get("/staff/hash-bank?state=Proposed&page=20"))[^1]);
        Assert.Equal([known.Value], Numbers(await staff.Get("/staff/hash-bank?state=Confirmed")));
        Assert.Empty(Numbers(await staff.Get("/staff/hash-bank?state=Withdrawn")));
        var start = await staff.Get("/staff");
        Assert.Contains($"Records that wait for a second person: {ListHashRecords.Most}", start.Text, StringComparison.Ordinal);
        Assert.Contains("We count to 1,000 at most", start.Text, StringComparison.Ordinal);

        // Without a state every record has its place: the newest that wait, then all others by number.
        var all = new List<int>();
        for (var number = 1; number <= (Proposed + 1 + ListHashRecords.PageSize - 1) / ListHashRecords.PageSize; number++)
        {
            all.AddRange(Numbers(await staff.Get($"/staff/hash-bank?page={number}")));
        }

        Assert.Equal(Enumerable.Range(1, Proposed + 1).Reverse(), all);
    }

    [Theory]
    [InlineData(nameof(HashRecordState.Proposed))]
    [InlineData(nameof(HashRecordState.Confirmed))]
    [InlineData(nameof(HashRecordState.Withdrawn))]
    public async Task A_state_is_listed_by_its_index_and_nothing_is_sorted(string state)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);

        var plan = await host.Read(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = ListHashRecords.Newest(db, Enum.Parse<HashRecordState>(state), [new(4711)]).CreateDbCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
            await using var steps = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await steps.ReadAsync()) lines.Add(steps.GetString(3));
            return string.Join('\n', lines);
        });

        Assert.Contains("SEARCH h USING INDEX IX_hash_records_State_Id (State=?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    private static List<int> Numbers(HtmlAnswer page) => [.. page.Document.QuerySelectorAll("main tbody td:first-child a").Select(a => int.Parse(a.TextContent, System.Globalization.CultureInfo.InvariantCulture))];
}
