using Egida.Access;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Access;

/// <summary>What an operator types, as a process of its own beside the running web.</summary>
public sealed class StaffVerbTests
{
    [Theory, OnBothDatabases]
    public async Task Somebody_who_is_invited_is_listed_and_comes_in_by_the_printed_link(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);

        var (code, output) = await Staff(host, "invite", "--user", "anna", "--name", "Anna Przykład", "--role", "analyst", "--role", "quality", "--base-url", host.Address.ToString());
        Assert.True(code == 0, output);
        var (_, list) = await Staff(host, "list");
        Assert.Contains("anna\tAnna Przykład\tanalyst,quality\n", list, StringComparison.Ordinal);

        using var anna = host.Anonymous();
        // The link was made by the real clock; the host's stands in the past, so it holds.
        var entered = await anna.Submit(await anna.Get(new Uri(output.Trim()).PathAndQuery));
        Assert.Equal("/staff", entered.Location?.ToString());
        Assert.Equal(["access.add-staff", "access.issue-entry-link", "access.sign-in"], await host.Read(db => db.Set<Egida.Audit.AuditEntry>().OrderBy(e => e.Seq).Select(e => e.Action).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_change_from_the_command_line_waits_for_a_second_person_too(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var olga = await host.AddStaff(Role.Operator);
        var adam = await host.AddStaff(Role.Analyst);
        var (olgas, adams) = (await NameOf(host, olga), await NameOf(host, adam));

        var (code, output) = await Staff(host, "change", "--user", adams, "--give-role", "senior-analyst", "--by", olgas, "--reason", "the desk grows");

        Assert.True(code == 0, output);
        Assert.Contains("somebody else agrees", output, StringComparison.Ordinal);
        var change = await host.Read(db => db.Set<StaffChange>().SingleAsync());
        Assert.Equal((adam, StaffChangeKind.GiveRole, Role.SeniorAnalyst, StaffChangeState.Proposed), (change.Subject, change.Kind, change.Role, change.State));
        Assert.IsType<DecideStaffChange.Outcome.OwnProposal>(DecideStaffChange.Decide(change, olga, approve: true));
        Assert.Equal([Role.Analyst], await host.Read(db => db.Set<StaffRole>().Where(r => r.Staff == adam).Select(r => r.Role).ToListAsync()));
    }

    [Fact]
    public async Task What_can_not_be_done_is_said_in_a_sentence_and_nothing_is_written()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var olga = await NameOf(host, await host.AddStaff(Role.Operator));
        var adam = await NameOf(host, await host.AddStaff(Role.Analyst));
        var before = await Written(host);
        (string[] Arguments, string Says)[] wrongs =
        [
            (["invite", "--user", "ewa", "--name", "Ewa", "--role", "boss"], "There is no role 'boss'. There are: intake-officer, analyst"),
            (["invite", "--user", adam.ToUpperInvariant(), "--name", "Ewa", "--role", "analyst"], "Somebody has this user name already."),
            (["invite", "--user", "e w a", "--name", "Ewa", "--role", "analyst"], "A user name is 1 to 60"),
            (["invite", "--user", "ewa", "--name", " ", "--role", "analyst"], "The name is 1 to 100"),
            (["invite", "--user", "ewa", "--name", "Ewa", "--role", "analyst", "--base-url", "hotline.example"], "--base-url is 'hotline.example'"),
            (["add", "--user", "ewa", "--name", "Ewa"], "--role"),
            (["add", "--user", "ewa", "--name", "Ewa", "--role", "analyst", "--rights", "all"], "'--rights'"),
            (["link", "--user", "nobody"], "Nobody has this user name"),
            (["change", "--user", adam, "--by", olga, "--reason", "why"], "Say one thing"),
            (["change", "--user", adam, "--disable", "--enable", "--by", olga, "--reason", "why"], "Say one thing"),
            (["change", "--user", adam, "--give-role", "boss", "--by", olga, "--reason", "why"], "There is no role 'boss'"),
            (["change", "--user", adam, "--disable", "--by", adam, "--reason", "why"], "--by must name an operator"),
            (["change", "--user", "nobody", "--disable", "--by", olga, "--reason", "why"], "Nobody has this user name"),
            (["change", "--user", adam, "--disable", "--by", olga, "--reason", " "], "The reason is"),
            (["change", "--user", adam, "--disable", "--by", olga], "--reason"),
        ];

        foreach (var (arguments, says) in wrongs)
        {
            var (code, output) = await Staff(host, arguments);
            Assert.True(code is 1 or 2, string.Join(' ', arguments));
            Assert.Contains(says, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }

        Assert.Equal(before, await Written(host));
    }

    private static Task<(int Code, string Output)> Staff(EgidaHost host, params string[] arguments)
    {
        var settings = host.Services.GetRequiredService<IConfiguration>();
        string[] names = ["Data:Folder", "Database:Provider", "Database:ConnectionString"];
        return ChildProcess.Egida(host.Folder, ["staff", .. arguments, .. names.Select(n => $"--{n}={settings[n]}")]);
    }

    private static async Task<string> NameOf(EgidaHost host, StaffId staff) =>
        (await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == staff.Value).Select(s => s.UserName).SingleAsync()))!;

    private static async Task<(int Staff, int Changes, int Entries)> Written(EgidaHost host) => (
        await host.Read(db => db.Set<StaffMember>().CountAsync()),
        await host.Read(db => db.Set<StaffChange>().CountAsync()),
        await host.Read(db => db.Set<Egida.Audit.AuditEntry>().CountAsync()));
}
