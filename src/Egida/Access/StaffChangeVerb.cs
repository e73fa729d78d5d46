using System.CommandLine;
using Egida.Platform.Actions;

namespace Egida.Access;

/// <summary>`egida staff change`: the same proposal as on the page. The command line is no way round the second person.</summary>
internal static class StaffChangeVerb
{
    public static Command Command()
    {
        var user = StaffVerb.UserOption();
        var give = new Option<string?>("--give-role") { Description = StaffVerb.RoleWords };
        var take = new Option<string?>("--take-role") { Description = StaffVerb.RoleWords };
        var disable = new Option<bool>("--disable") { Description = "They may not come in any more." };
        var enable = new Option<bool>("--enable") { Description = "They may come in again." };
        var by = new Option<string>("--by") { Description = "User name of the operator who proposes it: they can't agree to it themselves.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why.", Required = true };
        var command = new Command("change", "Propose that somebody's rights change. It takes effect when another person agrees on the page Access.") { user, give, take, disable, enable, by, reason };
        return StaffVerb.Acting(command, async (parse, services, cancellation) =>
        {
            var (given, taken) = (parse.GetValue(give), parse.GetValue(take));
            StaffChangeKind?[] wanted =
            [
                given is null ? null : StaffChangeKind.GiveRole,
                taken is null ? null : StaffChangeKind.TakeRole,
                parse.GetValue(disable) ? StaffChangeKind.Disable : null,
                parse.GetValue(enable) ? StaffChangeKind.Enable : null,
            ];
            if (wanted.OfType<StaffChangeKind>().ToList() is not [var kind])
            {
                return StaffVerb.Refused("Say one thing that is to change: --give-role, --take-role, --disable or --enable.");
            }

            var word = given ?? taken;
            var role = word is null ? null : StaffVerb.Parse(word);
            if (word is not null && role is null)
            {
                return StaffVerb.Refused($"There is no role '{word}'. There are: {StaffVerb.RoleWords}.");
            }

            if (parse.GetValue(reason)!.Trim() is not { Length: > 0 and <= ProposeStaffChange.ReasonAtMost } why)
            {
                return StaffVerb.Refused($"The reason is 1 to {ProposeStaffChange.ReasonAtMost} characters long.");
            }

            if (await StaffVerb.Find(services, parse.GetValue(user)!, cancellation) is not { } subject)
            {
                return StaffVerb.Refused("Nobody has this user name: see ./egida staff list.");
            }

            if (await StaffVerb.Find(services, parse.GetValue(by)!, cancellation) is not { DisabledAt: null } proposer || !await ProposeStaffChange.May(services, proposer.StaffId, cancellation))
            {
                return StaffVerb.Refused("--by must name an operator who may come in: see ./egida staff list.");
            }

            await ProposeStaffChange.Propose(services.GetRequiredService<ActionBook>(), Actor.System("operator"), proposer.StaffId, subject.StaffId, kind, role, why, cancellation);
            Console.WriteLine("Proposed. It takes effect when somebody else agrees on the page /staff/access: not who proposed it, and not whom it concerns.");
            return 0;
        });
    }
}
