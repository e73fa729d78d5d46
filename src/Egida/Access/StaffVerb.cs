using System.CommandLine;
using System.Text.Json;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>`egida staff add|link|list`: the operator's way to take people on and let them in.</summary>
internal static class StaffVerb
{
    public static Command Command() => new("staff", "Take people on, let them in by a one-time link, list them.") { Add(), Link(), List() };

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "As colleagues see them.", Required = true };
        var user = new Option<string>("--user") { Description = "User name.", Required = true };
        var roles = new Option<string[]>("--role") { Description = "intake-officer, analyst, senior-analyst, quality, wellbeing-officer, police-liaison, operator, auditor.", Required = true };
        var command = new Command("add", "Take somebody on.") { name, user, roles };
        return Acting(command, async (parse, services, cancellation) =>
        {
            var wanted = parse.GetValue(roles)!.Select(Parse).ToList();
            if (wanted.Contains(null))
            {
                Console.Error.WriteLine($"Unknown role. There are: {string.Join(", ", Enum.GetValues<Role>().Select(Word))}.");
                return 2;
            }

            if (await Find(services, parse.GetValue(user)!, cancellation) is not null)
            {
                Console.Error.WriteLine("Somebody has this user name already.");
                return 1;
            }

            await services.GetRequiredService<AddStaff>().Handle(parse.GetValue(name)!, parse.GetValue(user)!, [.. wanted.OfType<Role>()], cancellation);
            return 0;
        });
    }

    private static Command Link()
    {
        var user = new Option<string>("--user") { Description = "User name.", Required = true };
        var web = new Option<Uri>("--base-url") { Description = "Where the staff pages are.", DefaultValueFactory = _ => new Uri("http://localhost:8480/") };
        var command = new Command("link", "Print a link that lets somebody in once, within a day.") { user, web };
        return Acting(command, async (parse, services, cancellation) =>
        {
            if (await Find(services, parse.GetValue(user)!, cancellation) is not { } staff)
            {
                Console.Error.WriteLine("Nobody has this user name: see egida staff list.");
                return 1;
            }

            var token = await services.GetRequiredService<IssueEntryLink>().Handle(staff.StaffId, cancellation);
            Console.WriteLine(new Uri(parse.GetValue(web)!, $"/staff/enter/{token}"));
            return 0;
        });
    }

    private static Command List() => Acting(new Command("list", "Who is here, with which roles."), async (_, services, cancellation) =>
    {
        var db = services.GetRequiredService<EgidaDb>();
        var roles = (await db.Set<StaffRole>().AsNoTracking().ToListAsync(cancellation)).ToLookup(r => r.Staff, r => r.Role);
        foreach (var staff in await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.UserName).ToListAsync(cancellation))
        {
            Console.WriteLine($"{staff.UserName}\t{staff.DisplayName}\t{string.Join(',', roles[staff.StaffId].Order().Select(Word))}");
        }

        return 0;
    });

    private static Command Acting(Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> act)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, cancellation) =>
        {
            using var host = WorkVerb.Build(Installation.OrDemo([.. parse.UnmatchedTokens]));
            await Installation.Require(host.Services, cancellation);
            await using var scope = host.Services.CreateAsyncScope();
            return await act(parse, scope.ServiceProvider, cancellation);
        });
        return command;
    }

    private static Task<StaffMember?> Find(IServiceProvider services, string user, CancellationToken cancellation)
    {
        var normalised = user.ToUpperInvariant();
        return services.GetRequiredService<EgidaDb>().Set<StaffMember>().AsNoTracking().SingleOrDefaultAsync(s => s.NormalizedUserName == normalised, cancellation);
    }

    private static string Word(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    private static Role? Parse(string word) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => Word(r!.Value) == word);
}
