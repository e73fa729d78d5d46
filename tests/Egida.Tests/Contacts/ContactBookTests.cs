using System.Net;
using Egida.Access;
using Egida.Contacts;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Contacts;

public sealed class ContactBookTests
{
    private static readonly ContactFile.Provider Listed = new(
        "Wzorcowy Hosting", "abuse@wzor.example", "PL", ["NET-X"], ["192.0.2.0/25"], [64999], ["Wzorcowy Hosting"], new DateOnly(2026, 1, 2));

    private static ProviderQuestion Unknown => new(IPAddress.Parse("203.0.113.9"), "NET-Y", 64998, "Ktoś", "abuse@rejestr.example", "NL");

    public static TheoryData<string> Ways => ["handle", "address", "number", "name"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_approved_contact_goes_before_the_registrys(string way)
    {
        var question = way switch
        {
            "handle" => Unknown with { NetworkHandle = "net-x" },
            "address" => Unknown with { Address = IPAddress.Parse("192.0.2.7") },
            "number" => Unknown with { AutonomousSystem = 64999 },
            _ => Unknown with { Holder = "WZORCOWY HOSTING" },
        };

        Assert.Equal(new ProviderContact("Wzorcowy Hosting", "abuse@wzor.example", "PL", ContactSource.Approved), Book(Listed).ProviderOf(question));
    }

    [Fact]
    public void The_registrys_contact_is_used_and_marked_as_not_approved() =>
        Assert.Equal(new ProviderContact("Ktoś", "abuse@rejestr.example", "NL", ContactSource.Registry), Book(Listed).ProviderOf(Unknown));

    [Fact]
    public void Without_an_approved_and_a_registered_contact_nobody_is_known() =>
        Assert.Null(Book(Listed).ProviderOf(Unknown with { RegistryAbuseMail = null }));

    [Fact]
    public void A_contact_that_is_no_plain_mailbox_stops_the_start() =>
        Assert.Contains("Wzorcowy", Assert.Throws<InvalidOperationException>(() => Book(Listed with { AbuseMail = "Abuse <a@b.example>" })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_network_that_cannot_be_read_stops_the_start() =>
        Assert.Contains("192.0.2.0/33", Assert.Throws<InvalidOperationException>(() => Book(Listed with { Networks = ["192.0.2.0/33"] })).Message, StringComparison.Ordinal);

    [Theory, OnBothDatabases]
    public async Task The_contacts_page_shows_police_providers_and_hotlines(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var officer = await host.SignIn(Role.IntakeOfficer);
        using var quality = await host.SignIn(Role.Quality);

        var page = await officer.Get("/staff/contacts");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("policja@police.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("abuse@hosting-pl.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("Hotline NL", page.Text, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await quality.Get("/staff/contacts")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task The_countrys_own_files_can_be_read_and_name_only_example_mailboxes(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var book = host.Services.GetRequiredService<ContactBook>();
        Assert.NotNull(book.HotlineOf("NL"));
        Assert.Null(book.HotlineOf("AQ"));
        Assert.Null(book.HotlineOf("PL"));
        var units = host.Services.GetRequiredService<PoliceUnits>();
        Assert.All([.. units.All.Select(u => u.Mail), .. book.Hotlines.Select(h => h.Mail), .. book.Providers.Select(p => p.File.AbuseMail)], m => Assert.EndsWith(".example", m, StringComparison.Ordinal));
    }

    internal static ContactBook Book(params ContactFile.Provider[] providers) => new(
        new ContactFile(providers),
        new HotlineFile([new SisterHotline("NL", "Hotline NL", "nl@hotlines.example")]));
}
