using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Sampling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Disputes;

/// <summary>Whoever disputes is told by when it is read: also where it joins what was read long ago.</summary>
public sealed class ReadPromiseTests
{
    [Theory, OnBothDatabases]
    public async Task What_joins_a_case_that_was_read_is_late_when_nobody_reads_it_in_time(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var first = await host.SignInEnglish(Role.Quality);
        var (partner, _) = await host.Partner();
        using var _partner = partner;
        using var person = host.Anonymous();
        var (_, told) = await partner.Dispute(record);
        await first.Submit(await first.Get(DisputeDesk.Page(await host.Case())), selector: "form.take");
        Assert.NotNull((await host.Case()).ReadAt);
        host.Clock.Advance(TimeSpan.FromHours(30));

        await person.FileDispute("en", ("number", record.ToString()));

        var about = await host.Case();
        Assert.Equal((null, host.Clock.Now.AddHours(48)), (about.ReadAt, about.ReadDue));
        Assert.Equal((false, true), (about.IsLate(host.Clock.Now.AddHours(48)), about.IsLate(host.Clock.Now.AddHours(49))));
        // The partner was promised what it was promised.
        Assert.Equal(told.GetProperty("readBy").GetDateTime(), (await partner.Json($"/api/v1/disputes/{record}")).GetProperty("readBy").GetDateTime());

        // One more of which nobody took note: the earlier promise stays.
        host.Clock.Advance(TimeSpan.FromHours(1));
        await person.FileDispute("en", ("number", record.ToString()));
        Assert.Equal(about.ReadDue, (await host.Case()).ReadDue);

        host.Clock.Advance(TimeSpan.FromHours(48));
        using var second = await host.SignInEnglish(Role.Quality);
        Assert.Contains("Overdue disputes: 1", (await second.Get("/staff")).Text, StringComparison.Ordinal);
        await second.Submit(await second.Get(DisputeDesk.Page(about)), selector: "form.take");
        Assert.False((await host.Case()).IsLate(host.Clock.Now));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_waits_for_a_sample_to_be_read_until_somebody_disputes_its_record(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var quality = await host.SignInEnglish(Role.Quality);
        var record = (await host.Assessed(Bank.Person(11), 1))[0];
        await host.Draw(quality);
        Assert.NotNull((await host.Case()).ReadAt);
        host.Clock.Advance(TimeSpan.FromHours(5));
        var (partner, _) = await host.Partner();
        using var _partner = partner;

        var (_, told) = await partner.Dispute(record);

        var about = await host.Case();
        Assert.Equal((null, told.GetProperty("readBy").GetDateTime()), (about.ReadAt, about.ReadDue));
        Assert.True(about.IsLate(host.Clock.Now.AddHours(49)));
    }

    [Theory, OnBothDatabases]
    public async Task What_staff_enter_for_somebody_they_have_read(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var record = await host.Known(1);
        using var clerk = await host.SignInEnglish(Role.IntakeOfficer);
        using var assessor = await host.SignInEnglish(Role.Quality);
        using var person = host.Anonymous();
        await person.FileDispute("en", ("number", record.ToString()));
        await Enter();
        Assert.Null((await host.Case()).ReadAt);
        await assessor.Submit(await assessor.Get(DisputeDesk.Page(await host.Case())), selector: "form.take");
        var read = (await host.Case()).ReadAt;

        await Enter();

        Assert.Equal((3, read), ((await host.Case()).Filings, (await host.Case()).ReadAt));
        Assert.NotNull(read);

        async Task Enter() => await clerk.Submit(
            await clerk.Get($"/staff/hash-bank/disputes/new?record={record}"), new Dictionary<string, string> { ["from"] = "Hotline", ["why"] = "NotIllegal", ["text"] = "wrong" });
    }

    [Theory, OnBothDatabases]
    public async Task What_joins_a_flood_that_somebody_began_to_settle_has_its_own_promise(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var terms = new DisputeTerms(48, 14, 3, 24, 60, 3, 1, 1);
        await Send(3);
        var flood = await host.Read(db => db.Set<DisputeCase>().SingleAsync(c => c.IsFlood));
        await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<SettleFlood>(services, terms).Release(flood.Id, Bank.Person(5), CancellationToken.None));
        host.Clock.Advance(TimeSpan.FromMinutes(50));

        await Send(1);

        flood = await host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.IsFlood));
        Assert.Equal((2, null, host.Clock.Now.AddHours(48)), (flood.Filings, flood.ReadAt, flood.ReadDue));

        async Task Send(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await host.InScope((IServiceProvider services) => ActivatorUtilities.CreateInstance<FileDispute>(services, terms).Handle(
                    new(DisputeParty.Person, null, DisputeReason.Other, "mine", "en"), CancellationToken.None));
            }
        }
    }
}
