using Egida.HashBank;
using Egida.HashBank.Imports.Sources;
using Egida.Simulators;
using Egida.Tests.HashBank.Imports.Formats;

namespace Egida.Tests.HashBank.Imports.Sources;

public sealed class HashFeedTests
{
    public static TheoryData<string> Kinds => ["ncmec", "stopncii", "threatexchange"];

    public static TheoryData<string, HashSharingFault> Passing
    {
        get
        {
            var cases = new TheoryData<string, HashSharingFault>();
            foreach (var fault in new[] { HashSharingFault.Unavailable, HashSharingFault.TooManyRequests, HashSharingFault.ServerError, HashSharingFault.Broken, HashSharingFault.CutOff, HashSharingFault.Html })
            {
                cases.Add("ncmec", fault);
                cases.Add("stopncii", fault);
                cases.Add("threatexchange", fault);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_whole_range_is_read_page_by_page_and_the_next_one_begins_behind_it(string kind)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill(kind, 1, 53);

        var (range, rows) = await bench.Download(kind);
        bench.Fill(kind, 54, 3);
        var (next, more) = await bench.Download(kind, checkpoint: range.Checkpoint);

        Assert.Equal((53L, false), (range.Entries, range.More));
        Assert.Equal(53, rows.Select(r => Rows.Said(r.Hashes)).Distinct().Count());
        if (kind != "ncmec")
        {
            // Theirs begin with the last entry's own second, NCMEC's with the time up to which was asked.
            Assert.Equal(4, more.Count);
            Assert.NotEqual(range.Checkpoint, next.Checkpoint);
        }
    }

    [Theory, MemberData(nameof(Passing))]
    public async Task What_passes_is_asked_for_again_and_nothing_is_lost_or_twice(string kind, HashSharingFault fault)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill(kind, 1, 20);
        bench.Desk(kind).Behave(fault, 3);

        var (_, rows) = await bench.Download(kind);

        Assert.Equal(20, rows.Select(r => Rows.Said(r.Hashes)).Distinct().Count());
        Assert.True(bench.Desk(kind).Requests.Count >= 8);
    }

    [Theory]
    [InlineData(HashSharingFault.Unavailable, "http-503", false)]
    [InlineData(HashSharingFault.TooManyRequests, "http-429", false)]
    [InlineData(HashSharingFault.Broken, "unreachable", false)]
    [InlineData(HashSharingFault.CutOff, "damaged", false)]
    [InlineData(HashSharingFault.Silent, "timed-out", false)]
    [InlineData(HashSharingFault.Redirect, "http-302", true)]
    [InlineData(HashSharingFault.Huge, "too-large", true)]
    [InlineData(HashSharingFault.EndlessPages, "endless", false)]
    [InlineData(HashSharingFault.PagesElsewhere, "elsewhere", true)]
    public async Task What_stays_is_a_problem_without_an_address_and_final_where_only_a_person_can_help(HashSharingFault fault, string problem, bool isFinal)
    {
        await using var bench = await FeedBench.Start();
        foreach (var kind in fault == HashSharingFault.PagesElsewhere ? ["ncmec", "threatexchange"] : new[] { "ncmec", "stopncii", "threatexchange" })
        {
            bench.Fill(kind, 1, 20);
            bench.Desk(kind).Behave(fault);
            var options = bench.Options(kind);
            options.Timeout = fault == HashSharingFault.Silent ? TimeSpan.FromMilliseconds(200) : options.Timeout;

            var e = await Assert.ThrowsAsync<FeedException>(() => bench.Download(kind, options));

            Assert.StartsWith(problem, e.Message, StringComparison.Ordinal);
            Assert.Equal(isFinal, e.IsFinal);
            Assert.DoesNotContain("localhost", e.ToString().Split('\n')[0], StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Wrong_credentials_and_addresses_elsewhere_wait_for_the_operator_and_nothing_is_asked(string kind)
    {
        await using var bench = await FeedBench.Start();
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, "wrong"), "some:body\nelse");

        async Task<string> Problem(Action<FeedOptions> change)
        {
            var options = bench.Options(kind);
            change(options);
            var e = await Assert.ThrowsAsync<FeedException>(() => bench.Download(kind, options));
            Assert.True(e.IsFinal);
            return e.Message.Split(':')[0];
        }

        Assert.Equal("http-401", await Problem(o => o.Credentials = "wrong"));
        var asked = bench.Desk(kind).Requests.Count;
        Assert.Equal("credentials", await Problem(o => o.Credentials = ""));
        Assert.Equal("credentials", await Problem(o => o.Credentials = "../elsewhere"));
        Assert.Equal("base-url", await Problem(o => o.BaseUrl = "http://service.example/"));
        Assert.Equal("base-url", await Problem(o => o.BaseUrl = "https://user:password@service.example/"));
        Assert.Equal("base-url", await Problem(o => o.BaseUrl = "file:///etc/passwd"));
        Assert.Equal(asked, bench.Desk(kind).Requests.Count);
    }

    [Fact]
    public async Task Of_several_states_of_an_entry_the_newest_is_kept_wherever_it_comes()
    {
        await using var bench = await FeedBench.Start();
        var ncmec = bench.World.HashSharing.Ncmec;
        ncmec.GivesOldStates = true;
        ncmec.PageSize = 7;
        for (var i = 0; i < 20; i++)
        {
            var at = new DateTime(2026, 10, 5, 0, 0, i, DateTimeKind.Utc);
            ncmec.Put("42", $"e{i}", at, "A1", new Dictionary<string, string> { ["md5"] = Rows.Md5(i) });
            ncmec.Put("42", $"e{i}", at.AddHours(1), "B2", new Dictionary<string, string> { ["md5"] = Rows.Md5(i) });
            if (i % 2 == 0)
            {
                ncmec.Delete("42", $"e{i}", at.AddHours(2));
            }

            // The same id of another member is another entry.
            ncmec.Put("43", $"e{i}", at.AddHours(3), "A2", new Dictionary<string, string> { ["md5"] = Rows.Md5(100 + i) });
        }

        for (var seed = 1; seed <= 5; seed++)
        {
            ncmec.Seed = seed;
            var (range, rows) = await bench.Download("ncmec");

            Assert.Equal(40, range.Entries);
            Assert.Equal(
                Enumerable.Range(0, 20).SelectMany(i => new[] { i % 2 == 0 ? $"42-e{i} TakesBack " : $"42-e{i} Known B2", $"43-e{i} Known A2" }).Order(StringComparer.Ordinal),
                rows.Select(r => $"{r.Key} {r.Says} {r.Classification?.Labels.Split('"')[3]}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Pages_whose_address_grew_old_are_read_anew_three_times_at_most()
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 20);
        bench.Desk("ncmec").Behave(HashSharingFault.StalePages, 2);
        Assert.Equal(20, (await bench.Download("ncmec")).Rows.Count);

        bench.Desk("ncmec").Behave(HashSharingFault.StalePages);
        var e = await Assert.ThrowsAsync<FeedException>(() => bench.Download("ncmec"));
        Assert.StartsWith("stale", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsFinal);

        bench.Desk("ncmec").Behave(HashSharingFault.DuplicatePages);
        Assert.Equal(20, (await bench.Download("ncmec")).Rows.Count);
    }

    [Fact]
    public async Task A_long_time_is_read_in_windows_each_to_its_end()
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 500);
        bench.World.HashSharing.Ncmec.PageSize = 40;
        var options = bench.Options("ncmec");
        options.MostEntries = 120;

        List<string> keys = [];
        string? checkpoint = null;
        var windows = 0;
        for (var more = true; more; windows++)
        {
            var (range, rows) = await bench.Download("ncmec", options, checkpoint);
            Assert.InRange(rows.Count, 0, 120);
            keys.AddRange(rows.Select(r => r.Key!));
            (checkpoint, more) = (range.Checkpoint, range.More);
        }

        Assert.InRange(windows, 5, 60);
        Assert.Equal(500, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(bench.Clock.Now.AddSeconds(-5).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), checkpoint);
    }

    [Fact]
    public async Task A_copy_of_ThreatExchange_that_is_too_old_is_rebuilt_and_what_is_gone_is_taken_back()
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("threatexchange", 1, 10);
        var (range, rows) = await bench.Download("threatexchange");
        var keys = rows.ConvertAll(r => r.Key!);
        var exchange = bench.World.HashSharing.ThreatExchange;
        exchange.Put("1003", "HASH_MD5", Rows.Md5(3), null, long.Parse(range.Checkpoint, System.Globalization.CultureInfo.InvariantCulture) + 5);
        exchange.ForgetDeleted();

        var (_, fresh) = await bench.Download("threatexchange", checkpoint: range.Checkpoint, hadAt: bench.Clock.Now.AddDays(-84), keys: keys);
        var (rebuilt, all) = await bench.Download("threatexchange", checkpoint: range.Checkpoint, hadAt: bench.Clock.Now.AddDays(-86), keys: keys);

        Assert.Single(fresh);
        Assert.Equal(10, rebuilt.Entries);
        Assert.Equal(["1003"], all.Where(r => r.Says == Says.TakesBack).Select(r => r.Key));
        Assert.Equal(9, all.Count(r => r.Says == Says.Known));
    }
}
