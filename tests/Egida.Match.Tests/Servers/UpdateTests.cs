using System.Security.Cryptography;
using Egida.Match.Tests.Lists;
using Egida.Match.Tool;
using Egida.Match.Tool.Servers;
using Egida.Match.Tool.Verbs;

namespace Egida.Match.Tests.Servers;

public sealed class UpdateTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public async Task The_newest_full_list_and_its_newest_delta_are_fetched_and_older_ones_go()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 1, null, 1, 2);
        Assert.Contains("number 1, 2 records", await Update(server), StringComparison.Ordinal);
        Offer(server, 2, 1, 3);
        Offer(server, 3, 1, 3, 4);
        Assert.Contains("number 3, 4 records", await Update(server), StringComparison.Ordinal);
        Assert.Equal(["1.egidalist", "3.egidalist"], Kept());
        Assert.Contains("nothing newer", await Update(server), StringComparison.Ordinal);

        Offer(server, 4, null, 1, 2, 3, 4, 5);
        await Update(server);
        Assert.Equal(["4.egidalist"], Kept());
        using var list = KnownList.Open(Trust, [.. ListFolder.FilesOf(_hotline.Folder["lists/known"])]);
        Assert.Equal(5, Assert.Single(list.Find(Hotline.Record(5).Md5[0])).Number);
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 1, null, 1);
        server.BreaksOffAfter = 5000;

        await Update(server);

        Assert.Equal(2, server.Ranges.Count);
        Assert.Equal("", server.Ranges[0]);
        Assert.Matches("^bytes=[1-9][0-9]*-$|^$", server.Ranges[1]);
        Assert.Equal(["1.egidalist"], Kept());
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_asked_again_for_the_rest()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 1, null, 1);
        (server.BreaksOffAfter, server.FallsSilent) = (5000, true);
        using var client = new HotlineServer(server.Access, TimeProvider.System) { Silence = TimeSpan.FromMilliseconds(200) };

        await Update(client);

        Assert.Equal(2, server.Ranges.Count);
        Assert.Equal(["1.egidalist"], Kept());
    }

    [Fact]
    public async Task A_kept_list_that_the_disk_has_damaged_comes_again()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 1, null, 1, 2);
        await Update(server);
        var kept = Path.Combine(_hotline.Folder["lists/known"], "1.egidalist");
        var bytes = await File.ReadAllBytesAsync(kept);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(kept, bytes);

        Assert.DoesNotContain("nothing newer", await Update(server), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(server.Files[1].Path), await File.ReadAllBytesAsync(kept));
    }

    [Fact]
    public async Task What_is_older_expired_damaged_or_signed_by_somebody_else_is_refused_and_the_one_before_stays()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 5, null, 1);
        await Update(server);

        server.Files.Clear();
        Offer(server, 4, null, 1, 2);
        Assert.Equal(ListProblem.Replayed, await Refused(server));
        server.Files.Clear();
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            server.Files[6] = (_hotline.Write(Hotline.Header(6), [Hotline.Record(1)], new ListSigner("hotline.example/lists", key)), null);
        Assert.Equal(ListProblem.WrongSigner, await Refused(server));
        server.Files[6] = (_hotline.Write(Hotline.Header(6) with { ValidUntil = Hotline.Today.AddMinutes(-1) }, [Hotline.Record(1)]), null);
        Assert.Equal(ListProblem.Expired, await Refused(server));
        server.Files[6] = (_hotline.Write(Hotline.Header(6) with { Recipient = "other.example" }, [Hotline.Record(1)]), null);
        Assert.Equal(ListProblem.WrongRecipient, await Refused(server));
        var path = _hotline.Write(Hotline.Header(6), [Hotline.Record(1)]);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        server.Files[6] = (path, null);
        Assert.Equal(ListProblem.Damaged, await Refused(server));

        Assert.Equal(["5.egidalist"], Kept());
        Offer(server, 6, null, 1, 2);
        await Update(server);
        Assert.Equal(["6.egidalist"], Kept());
    }

    [Fact]
    public async Task A_wrong_key_and_a_list_that_isnt_there_are_said()
    {
        await using var server = await FakeServer.Start();
        Offer(server, 1, null, 1);
        using var stranger = new HotlineServer(server.Access with { Key = "egida-wrong" }, TimeProvider.System);

        Assert.Contains("doesn't know this key", (await Assert.ThrowsAsync<UsageException>(() => Update(stranger))).Message, StringComparison.Ordinal);
        Assert.Contains("no list 'other' for you", (await Assert.ThrowsAsync<UsageException>(() => Update(server, "other"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hotline.example", "egida-1", "https://")]
    [InlineData("hotline.example", "egida-1", "--server takes")]
    [InlineData("https://user:pass@hotline.example", "egida-1", "--server takes")]
    [InlineData("https://hotline.example", "recipient: me\nkey+1+2", "access:")]
    [InlineData("https://hotline.example", "access: with space", "access:")]
    public void The_key_is_sent_to_nobody_else(string address, string file, string problem)
    {
        var path = _hotline.Folder["access"];
        File.WriteAllText(path, file);

        Assert.Contains(problem, Assert.Throws<UsageException>(() => ServerAccess.Read(address, path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, $"# for the laboratory\n{_hotline.Signer.Key}\nrecipient: laboratory.example\naccess: egida-12\n");
        Assert.Equal("egida-12", ServerAccess.Read("https://hotline.example/base", path).Key);
        Assert.Equal("laboratory.example", ListTrust.Read(path).Recipient);
    }

    [Fact]
    public void Pauses_grow_and_are_those_that_the_server_asks_for()
    {
        var now = Hotline.Today;
        Assert.Equal([1, 2, 4, 8, 120, 120], ((int[])[1, 2, 3, 4, 8, 100]).Select(tries => (int)HotlineServer.PauseAfter(tries, null, now).TotalSeconds));
        Assert.Equal(7, HotlineServer.PauseAfter(1, new(TimeSpan.FromSeconds(7)), now).TotalSeconds);
        Assert.Equal(30, HotlineServer.PauseAfter(1, new(now.AddSeconds(30)), now).TotalSeconds);
        Assert.Equal(120, HotlineServer.PauseAfter(1, new(TimeSpan.FromDays(1)), now).TotalSeconds);
        Assert.Equal(0, HotlineServer.PauseAfter(1, new(now.AddDays(-1)), now).TotalSeconds);
    }

    private ListTrust Trust => _hotline.Trust with { Seen = new SeenLists(_hotline.Folder["seen"]) };

    private void Offer(FakeServer server, long number, long? since, params long[] records) =>
        server.Files[number] = (_hotline.Write(Hotline.Header(number, since), records.Select(record => Hotline.Record(record))), since);

    private async Task<string> Update(FakeServer server, params string[] names)
    {
        using var client = new HotlineServer(server.Access, TimeProvider.System);
        return await Update(client, names);
    }

    private async Task<string> Update(HotlineServer server, params string[] names)
    {
        var output = new StringWriter();
        Assert.Equal(ExitCodes.NothingKnown, await UpdateVerb.Run(server, Trust, _hotline.Folder["lists"], names, output, CancellationToken.None));
        return output.ToString();
    }

    private async Task<ListProblem> Refused(FakeServer server) => (await Assert.ThrowsAsync<ListRefusedException>(() => Update(server))).Problem;

    private IEnumerable<string> Kept() => Directory.GetFiles(_hotline.Folder["lists/known"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
