using System.Net;
using AngleSharp.Dom;
using Egida.Access;
using Egida.Audit;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Wellbeing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Wellbeing;

public sealed class ShowExposureTests
{
    [Theory, OnBothDatabases]
    public async Task Everybody_sees_their_own_showings_by_day(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignIn(Role.Analyst);
        using var other = await host.SignIn(Role.Analyst);
        await Show(host, analyst.Staff!.Value, ExposureKind.Blurred, ExposureKind.Blurred, ExposureKind.Revealed);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await Show(host, analyst.Staff.Value, ExposureKind.Blurred);

        Assert.Equal([["1", "0"], ["2", "1"]], Figures(await analyst.Get("/staff/wellbeing")));
        Assert.Empty(Figures(await other.Get("/staff/wellbeing")));
    }

    [Theory, OnBothDatabases]
    public async Task Another_persons_page_is_open_to_the_wellbeing_officer_only(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignIn(Role.Analyst);
        using var others = await host.SignIn([.. Enum.GetValues<Role>().Except([Role.WellbeingOfficer])]);
        using var officer = await host.SignIn(Role.WellbeingOfficer);
        await Show(host, analyst.Staff!.Value, ExposureKind.Revealed);
        var page = $"/staff/wellbeing/{analyst.Staff}";

        Assert.Equal([["0", "1"]], Figures(await officer.Get(page)));
        Assert.NotEqual(HttpStatusCode.OK, (await others.Get(page)).Status);
        Assert.NotNull((await officer.Get("/staff/wellbeing")).Document.QuerySelector($"a[href='{page}']"));
        Assert.Null((await others.Get("/staff/wellbeing")).Document.QuerySelector($"a[href='{page}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Get($"/staff/wellbeing/{Guid.NewGuid()}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task That_the_officer_looked_at_somebodys_page_is_in_the_log_and_ones_own_look_is_not(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignIn(Role.Analyst);
        using var officer = await host.SignIn(Role.WellbeingOfficer);

        await officer.Get($"/staff/wellbeing/{analyst.Staff}");
        await officer.Get("/staff/wellbeing");
        await analyst.Get("/staff/wellbeing");

        var look = Assert.Single(await host.Read(db => db.Set<AuditEntry>().Where(e => e.Action == "wellbeing.look-at-exposure").ToListAsync()));
        Assert.Equal(($"staff:{officer.Staff}", $"staff:{analyst.Staff}"), (look.Actor, look.Subject));
    }

    [Fact]
    public void A_day_is_a_day_of_the_institution()
    {
        var late = new DateTime(2026, 11, 2, 23, 30, 0, DateTimeKind.Utc);

        var day = Assert.Single(ShowExposure.ByDay([(late, ExposureKind.Blurred)], TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw")));

        Assert.Equal(new DateOnly(2026, 11, 3), day.Date);
    }

    private static Task Show(EgidaHost host, StaffId staff, params ExposureKind[] kinds) => host.Act(with: action =>
    {
        foreach (var kind in kinds)
        {
            Exposure.Note(action, staff, new ItemId(Guid.NewGuid()), kind);
        }
    });

    private static List<string[]> Figures(HtmlAnswer page) =>
        [.. page.Document.QuerySelectorAll("main tbody tr").Select(row => row.QuerySelectorAll("td.number").Select(cell => cell.Text().Trim()).ToArray())];
}
