using Egida.Blocking;
using Egida.Tests.Harness;

namespace Egida.Tests.Blocking;

/// <summary>A real name server blocks what is on the list, and nothing else.</summary>
public sealed class PolicyZoneTests
{
    [Fact]
    public async Task A_running_BIND_blocks_the_domain_and_what_is_below_and_answers_all_others()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, BlockDesk.StopPage);
        using var machine = await host.Operator();
        await host.Listed("pictures.test", BlockScope.Domain);
        await host.Listed("one.shared.test");
        await host.Listed("żółw.test");
        var zone = await machine.GetStringAsync("/api/v1/blocking/domains.rpz");

        var (code, said) = await NameServer.Check(zone);
        Assert.True(code == 0 && said.EndsWith("OK\n", StringComparison.Ordinal), said);
        await using var bind = await NameServer.Start(zone, "hotline.test", "pictures.test", "shared.test", "xn--w-uga1v8h.test", "morepictures.test");
        foreach (var blocked in new[] { "pictures.test", "www.pictures.test", "a.b.c.pictures.test", "PICTURES.test", "one.shared.test", "xn--w-uga1v8h.test" })
        {
            Assert.Equal((blocked, "192.0.2.10"), (blocked, await bind.Ask(blocked)));
        }

        foreach (var other in new[] { "shared.test", "two.shared.test", "below.one.shared.test", "morepictures.test", "below.xn--w-uga1v8h.test", "www.hotline.test" })
        {
            Assert.Equal((other, "192.0.2.1"), (other, await bind.Ask(other)));
        }
    }

    [Fact]
    public async Task What_was_taken_off_is_answered_again_and_the_serial_has_risen()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, BlockDesk.StopPage);
        using var machine = await host.Operator();
        var id = await host.Listed("pictures.test");
        var before = await machine.GetStringAsync("/api/v1/blocking/domains.rpz");
        await host.End(id);
        var after = await machine.GetStringAsync("/api/v1/blocking/domains.rpz");

        Assert.Contains("loaded serial 2\n", (await NameServer.Check(before)).Output, StringComparison.Ordinal);
        Assert.Contains("loaded serial 3\n", (await NameServer.Check(after)).Output, StringComparison.Ordinal);
        await using var bind = await NameServer.Start(after, "hotline.test", "pictures.test");
        Assert.Equal("192.0.2.1", await bind.Ask("pictures.test"));
    }

    [Fact]
    public async Task Without_a_stop_page_there_is_no_such_name_and_the_longest_names_fit()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var machine = await host.Operator();
        var label = new string('a', 60);
        await host.Listed($"{label}.{label}.{label}.pictures.test", BlockScope.Domain);
        await host.Listed("pictures.test");
        var zone = await machine.GetStringAsync("/api/v1/blocking/domains.rpz");

        Assert.Equal(0, (await NameServer.Check(zone)).Code);
        await using var bind = await NameServer.Start(zone, "pictures.test");
        Assert.Equal("no such name", await bind.Ask("pictures.test"));
        Assert.Equal("no such name", await bind.Ask($"{label}.{label}.{label}.pictures.test"));
        Assert.Equal("192.0.2.1", await bind.Ask("www.pictures.test"));
    }

    [Fact]
    public async Task Even_an_empty_list_is_a_zone()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, BlockDesk.StopPage);
        using var machine = await host.Operator();

        Assert.Equal(0, (await NameServer.Check(await machine.GetStringAsync("/api/v1/blocking/domains.rpz"))).Code);
    }
}
