using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>One fictitious person for each role, and a one-time link for each.</summary>
internal sealed class DemoStaff : IAsyncDisposable
{
    private static readonly (Role Role, string User, string Name)[] People =
    [
        (Role.IntakeOfficer, "iga", "Iga Wzorowa"),
        (Role.Analyst, "adam", "Adam Przykład"),
        (Role.SeniorAnalyst, "sonia", "Sonia Próbna"),
        (Role.Quality, "karol", "Karol Testowy"),
        (Role.WellbeingOfficer, "wanda", "Wanda Umowna"),
        (Role.PoliceLiaison, "piotr", "Piotr Pozorny"),
        (Role.Operator, "olga", "Olga Zmyślona"),
        (Role.Auditor, "alina", "Alina Fikcyjna"),
    ];

    private readonly DemoSettings settings;
    private readonly IHost host;
    private readonly Dictionary<Role, CurrentStaff> staff = [];

    public DemoStaff(DemoSettings settings)
    {
        this.settings = settings;
        host = WorkVerb.Build(DemoSettings.AsArguments(settings.Application));
    }

    public CurrentStaff Of(Role role) => staff[role];

    public async Task TakeOn(CancellationToken cancellation)
    {
        foreach (var (role, user, name) in People)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var id = await scope.ServiceProvider.GetRequiredService<AddStaff>().Handle(name, user, [role], cancellation);
            staff[role] = new CurrentStaff(id, name, new HashSet<Role> { role });
        }
    }

    /// <summary>Those whom another process took on.</summary>
    public async Task Recall(CancellationToken cancellation)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<EgidaDb>().Set<StaffMember>();
        foreach (var (role, user, name) in People)
        {
            var member = await members.AsNoTracking().SingleAsync(m => m.UserName == user, cancellation);
            staff[role] = new CurrentStaff(new StaffId(member.Id), name, new HashSet<Role> { role });
        }
    }

    public async Task Print(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync($"Report something:   {settings.Web}\nStyle guide:        {new Uri(settings.Web, "/styleguide")}\nWhat partners got:  {settings.World.Control}\n");
        await output.WriteLineAsync("Sign in once as (press the button on the page):");
        foreach (var (role, _, name) in People)
        {
            await output.WriteLineAsync($"  {role,-16} {name,-16} {await Link(role, cancellation)}");
        }
    }

    /// <summary>A browser in which this role has come in by a link of its own.</summary>
    public async Task<WalkBrowser> SignIn(Role role, CancellationToken cancellation)
    {
        var browser = new WalkBrowser(settings.Web);
        await browser.Open((await Link(role, cancellation)).PathAndQuery);
        await browser.Submit("main form");
        Walk.Holds(browser.Page.QuerySelector("form[action='/staff/sign-out']") is not null, $"{role} is signed in");
        return browser;
    }

    private async Task<Uri> Link(Role role, CancellationToken cancellation)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return new Uri(settings.Web, $"/staff/enter/{await scope.ServiceProvider.GetRequiredService<IssueEntryLink>().Handle(staff[role].Id, cancellation)}");
    }

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)host).DisposeAsync();
}
