using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Domains;

public sealed record DomainRuleEnded(DomainRuleId RuleId, DomainRuleKind Kind) : DomainEvent;

/// <summary>Somebody says that a rule holds no more, and why. The rule stays to be read.</summary>
internal static class EndDomainRule
{
    public static readonly ActionKind Kind = new("tracing.end-domain-rule") { ReasonRequired = true };

    /// <summary>POST /staff/tracing/domains/{ruleId}/end</summary>
    internal static async Task<IResult> Post(
        DomainRuleId ruleId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, Words words, CancellationToken cancellation)
    {
        if (await db.Set<DomainRule>().FirstOrDefaultAsync(r => r.Id == ruleId, cancellation) is not { } rule)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (rule.EndedAt is not null)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        var reason = (await context.Request.ReadFormAsync(cancellation))["why"].ToString();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > SetDomainRule.LongestReason)
        {
            return await ListDomainRules.Draw(db, staff, null, [new FormError($"why-{ruleId}", words["domains.problem.reason"])], cancellation);
        }

        var action = actions.Begin(Kind, staff.Actor, "domain-rules", reason);
        rule.End(staff.Id, action.Now, action.Reason!);
        action.Emit(new DomainRuleEnded(rule.Id, rule.Kind));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect(ListDomainRules.Path);
    }
}
