using System.CommandLine;
using System.Text.Json;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>`egida staff invite|link|list|change` (and `add`): the operator's way to take people on and let them in.</summary>
internal static class StaffVerb
{
    /// <summary>What was asked for can't be: said in one sentence, nothing is done.</summary>
    public const int BadInput = 2;

    public static Command Command() =>
        new("staff", "Take people on, let them in by a one-time link, list them, propose a change.") { Invite(), Add(), Link(), List(), StaffChangeVerb.Command() };

    private static Command Invite()
    {
        var (name, user, roles, web) = (NameOption(), UserOption(), RolesOption(), WebOption());
        var command = new Command("invite", "Take somebody on, and print the link that lets them in once, within a day.") { name, user, roles, web };
        return Acting(command, async (parse, services, cancellation) =>
            SiteOf(services, parse.GetValue(web)) is { } site
            && await TakeOn(services, parse.GetValue(name)!, parse.GetValue(user)!, parse.GetValue(roles)!, cancellation) is { } staff
                ? await PrintLink(services, staff, site, cancellation)
                : BadInput);
    }

    private static Command Add()
    {
        var (name, user, roles) = (NameOption(), UserOption(), RolesOption());
        return Acting(new Command("add", "Take somebody on, without a link yet.") { name, user, roles }, async (parse, services, cancellation) =>
            await TakeOn(services, parse.GetValue(name)!, parse.GetValue(user)!, parse.GetValue(roles)!, cancellation) is null ? BadInput : 0);
    }

    private static Command Link()
    {
        var (user, web) = (UserOption(), WebOption());
        return Acting(new Command("link", "Print a link that lets somebody in once, within a day.") { user, web }, async (parse, services, cancellation) =>
            await Find(services, parse.GetValue(user)!, cancellation) switch
            {
                null => Refused("Nobody has this user name: see ./egida staff list."),
                { DisabledAt: not null } => Refused("This person is disabled: no link lets them in."),
                var staff => SiteOf(services, parse.GetValue(web)) is { } site ? await PrintLink(services, staff.StaffId, site, cancellation) : BadInput,
            });
    }

    private static Command List() => Acting(new Command("list", "Who is here, with which roles, and who may not come in."), async (_, services, cancellation) =>
    {
        var db = services.GetRequiredService<EgidaDb>();
        var roles = (await db.Set<StaffRole>().AsNoTracking().ToListAsync(cancellation)).ToLookup(r => r.Staff, r => r.Role);
        foreach (var staff in await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.UserName).ToListAsync(cancellation))
        {
            Console.WriteLine($"{staff.UserName}\t{staff.DisplayName}\t{string.Join(',', roles[staff.StaffId].Order().Select(Word))}\t{(staff.DisabledAt is null ? "" : "disabled")}".TrimEnd());
        }

        return 0;
    });

    internal static Command Acting(Command command, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> act)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, cancellation) =>
        {
            // Settings are named Section:Name; anything else that no option took is a slip of the pen.
            if (parse.UnmatchedTokens.Where((token, i) => !IsSetting(token) && !(i > 0 && IsSetting(parse.UnmatchedTokens[i - 1]) && !token.StartsWith('-'))).FirstOrDefault() is { } slip)
            {
                return Refused($"I don't know what to do with '{slip}': see ./egida staff {command.Name} --help. A setting is given as --Section:Name=value.");
            }

            using var host = WorkVerb.Build(Installation.OrDemo([.. parse.UnmatchedTokens]));
            await Installation.Require(host.Services, cancellation);
            await using var scope = host.Services.CreateAsyncScope();
            return await act(parse, scope.ServiceProvider, cancellation);
        });
        return command;
    }

    private static bool IsSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.Contains(':');

    internal static Option<string> UserOption() => new("--user") { Description = "User name: what they type to sign in with a code.", Required = true };

    internal static Task<StaffMember?> Find(IServiceProvider services, string user, CancellationToken cancellation)
    {
        var normalised = user.Trim().ToUpperInvariant();
        return services.GetRequiredService<EgidaDb>().Set<StaffMember>().AsNoTracking().SingleOrDefaultAsync(s => s.NormalizedUserName == normalised, cancellation);
    }

    internal static int Refused(string why)
    {
        Console.Error.WriteLine($"egida: {why}");
        return BadInput;
    }

    internal static string RoleWords => string.Join(", ", Enum.GetValues<Role>().Select(Word));

    internal static Role? Parse(string word) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => Word(r!.Value) == word);

    private static string Word(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    private static Option<string> NameOption() => new("--name") { Description = "As colleagues see them.", Required = true };

    private static Option<string[]> RolesOption() => new("--role") { Description = $"One or more, each after its own --role: {RoleWords}.", Required = true };

    private static Option<string?> WebOption() => new("--base-url") { Description = $"Where the staff pages are. Without it: {PublicSite.Setting}, or http://localhost:8480/." };

    private static async Task<StaffId?> TakeOn(IServiceProvider services, string name, string user, string[] roles, CancellationToken cancellation)
    {
        var problem = (name.Trim(), user.Trim()) switch
        {
            ({ Length: 0 or > 100 }, _) => "The name is 1 to 100 characters long.",
            (_, var word) when word.Length is 0 or > 60 || !word.All(c => char.IsLetterOrDigit(c) || ".-_@".Contains(c, StringComparison.Ordinal)) =>
                "A user name is 1 to 60 letters, digits and . - _ @, without spaces.",
            _ when roles.FirstOrDefault(r => Parse(r) is null) is { } unknown => $"There is no role '{unknown}'. There are: {RoleWords}.",
            _ when await Find(services, user, cancellation) is not null => "Somebody has this user name already.",
            _ => null,
        };
        if (problem is not null)
        {
            Refused(problem);
            return null;
        }

        return await services.GetRequiredService<AddStaff>().Handle(name.Trim(), user.Trim(), [.. roles.Select(r => Parse(r)!.Value)], cancellation);
    }

    private static Uri? SiteOf(IServiceProvider services, string? web)
    {
        if (web is null)
        {
            return services.GetRequiredService<PublicSite>().Url ?? new Uri("http://localhost:8480/");
        }

        if (Uri.TryCreate(web, UriKind.Absolute, out var given) && given.Scheme is ("http" or "https"))
        {
            return given;
        }

        Refused($"--base-url is '{web}': it must be an address such as https://hotline.example/.");
        return null;
    }

    private static async Task<int> PrintLink(IServiceProvider services, StaffId staff, Uri site, CancellationToken cancellation)
    {
        var token = await services.GetRequiredService<IssueEntryLink>().Handle(staff, cancellation);
        Console.WriteLine(new Uri(site, $"/staff/enter/{token}"));
        return 0;
    }
}
