using System.Net;
using Egida.Access;
using Egida.Intake.Addresses;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Fetching;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Domains;

/// <summary>A rule holds from now on; the one of that kind that held for the same domain before doesn't any more.</summary>
public sealed record DomainRuleSet(DomainRuleId RuleId, DomainRuleKind Kind, DomainRuleId? Instead) : DomainEvent;

/// <summary>Somebody writes down what is known about a domain, and why.</summary>
public static class SetDomainRule
{
    public const int LongestReason = 500;

    public static readonly ActionKind Kind = new("tracing.set-domain-rule") { ReasonRequired = true };

    public sealed record Input(string Domain, string Kind, string Value, string Reason);

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Set(string Domain, DomainRuleKind Kind, string? Value) : Outcome;

        /// <param name="Problems">Field and text key.</param>
        public sealed record NotLikeThis(IReadOnlyList<(string Field, string Text)> Problems) : Outcome;
    }

    internal static Outcome Decide(Input input, NetworkGuard guard)
    {
        var problems = new List<(string, string)>();
        var domain = HostName.Normalise(input.Domain.Trim());
        if (domain is null || IPAddress.TryParse(domain.Trim('[', ']'), out _) || PublicSuffixes.RegisteredName(domain) is null)
        {
            problems.Add(("domain", "domains.problem.domain"));
        }

        var known = Choice(input.Kind);
        var value = known switch
        {
            DomainRuleKind.FixedHost => IPAddress.TryParse(input.Value.Trim().Trim('[', ']'), out var address) && guard.Judge(address) is GuardVerdict.Allowed ? address.ToString() : null,
            DomainRuleKind.SiteOwner => MailBox.Parse(input.Value)?.Address,
            _ => null,
        };
        if (known is null)
        {
            problems.Add(("kind", "domains.problem.kind"));
        }
        else if (known is not DomainRuleKind.DoNotCapture && value is null)
        {
            problems.Add(("value", known is DomainRuleKind.FixedHost ? "domains.problem.address" : "domains.problem.mail"));
        }

        if (string.IsNullOrWhiteSpace(input.Reason) || input.Reason.Length > LongestReason)
        {
            problems.Add(("reason", "domains.problem.reason"));
        }

        return problems.Count > 0 ? new Outcome.NotLikeThis(problems) : new Outcome.Set(domain!, known!.Value, value);
    }

    /// <summary>POST /staff/tracing/domains</summary>
    internal static async Task<IResult> Post(
        HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, NetworkGuard guard, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var input = new Input(form["domain"].ToString(), form["kind"].ToString(), form["value"].ToString(), form["reason"].ToString());
        if (Decide(input, guard) is not Outcome.Set set)
        {
            var wrong = (Outcome.NotLikeThis)Decide(input, guard);
            return await ListDomainRules.Draw(db, staff, input, [.. wrong.Problems.Select(p => new FormError(p.Field, words[p.Text]))], cancellation);
        }

        var action = actions.Begin(Kind, staff.Actor, "domain-rules", input.Reason);
        await action.TakeTurn(cancellation);
        var before = await db.Set<DomainRule>().FirstOrDefaultAsync(r => r.Domain == set.Domain && r.Kind == set.Kind && r.EndedAt == null, cancellation);
        before?.End(staff.Id, action.Now, action.Reason!);
        var rule = new DomainRule
        {
            Id = Id.New<DomainRuleId>(action.Clock),
            Domain = set.Domain,
            Kind = set.Kind,
            Value = set.Value,
            Reason = action.Reason!,
            SetBy = staff.Id,
            SetAt = action.Now,
        };
        db.Add(rule);
        action.Emit(new DomainRuleSet(rule.Id, rule.Kind, before?.Id));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect(ListDomainRules.Path);
    }

    private static DomainRuleKind? Choice(string kind) => kind switch
    {
        "do-not-capture" => DomainRuleKind.DoNotCapture,
        "fixed-host" => DomainRuleKind.FixedHost,
        "site-owner" => DomainRuleKind.SiteOwner,
        _ => null,
    };
}
