using Egida.Access;
using Egida.Blocking.Inbound;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>
/// Removal was tried and failed: one person proposes to block the domain, says on what basis, how wide, until when, and answers for whoever else is there. Nothing is
/// blocked until another one agrees.
/// </summary>
internal sealed class ProposeBlock(EgidaDb db, ActionBook actions, DomainRules rules, BlockingTerms terms, TimeProvider clock)
{
    public const int LongestText = 2000;

    public static readonly ActionKind Kind = new("blocking.propose-domain") { ReasonRequired = true };

    private const string Series = "EG-B";

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Proposed(BlockedDomainId Id) : Outcome;

        /// <param name="Fields">Field and the key of the text that says what to do.</param>
        public sealed record Wrong(IReadOnlyList<(string Field, string Text)> Fields) : Outcome;
    }

    /// <param name="covered">An open entry about the name, or one above it that has everything below.</param>
    /// <param name="inbound">Another hotline's list names it: there may be nothing of our own.</param>
    internal static IReadOnlyList<(string Field, string Text)> Decide(
        BlockForm input, DomainProblem? problem, bool covered, Grounds grounds, InboundDomain? inbound, BlockingTerms terms, DateTime now)
    {
        List<(string, string)> wrong = [];
        if (problem is { } why) wrong.Add(("domain", $"block.problem.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString())}"));
        if (problem is null && covered) wrong.Add(("domain", "block.problem.covered"));
        if (problem is null && input.Inbound.Length > 0 && inbound is not { State: InboundState.Waiting }) wrong.Add(("domain", "block.problem.inbound"));
        if (problem is null && !covered && inbound is null && !grounds.That(now, terms).Any()) wrong.Add(("domain", "block.problem.no-grounds"));
        if (input.ScopeCode is null) wrong.Add(("scope", "block.scope.missing"));
        if (!terms.BasesOn(now).Any(b => b.Code == input.Basis)) wrong.Add(("basis", "block.basis.missing"));
        if (input.Reason.Length is 0 or > LongestText) wrong.Add(("reason", "block.reason.missing"));
        if (input.Days is not { } days || days > terms.ReviewWithinDays) wrong.Add(("review", "block.review.missing"));
        if ((grounds.Others > 0 && input.OthersAnswer.Length == 0) || input.OthersAnswer.Length > LongestText) wrong.Add(("others", "block.others.missing"));
        return wrong;
    }

    public async Task<Outcome> Handle(BlockForm input, StaffId by, CancellationToken cancellation)
    {
        var (name, problem) = rules.Read(input.Domain);
        var id = Id.New<BlockedDomainId>(clock);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, input.Reason.Length == 0 ? "-" : input.Reason);
        await action.TakeTurn(cancellation);
        var covered = name is not null && await Covering(db, name).AnyAsync(cancellation);
        var grounds = name is null ? new Grounds([], 0, 0) : await Grounds.Gather(db, name, input.ScopeCode ?? BlockScope.Domain, cancellation);
        var inbound = input.InboundId is { } from ? await db.Set<InboundDomain>().SingleOrDefaultAsync(d => d.Id == from && d.Domain == name, cancellation) : null;
        if (Decide(input, problem, covered, grounds, inbound, terms, action.Now) is { Count: > 0 } wrong)
        {
            await action.Leave();
            return new Outcome.Wrong(wrong);
        }

        var entry = new BlockedDomain
        {
            Id = id,
            Number = await RunningNumber.Take(action, Series, cancellation),
            Domain = name!,
            Scope = input.ScopeCode!.Value,
            Basis = input.Basis,
            Reason = input.Reason,
            Others = grounds.Others,
            OthersAnswer = input.OthersAnswer.Length > 0 ? input.OthersAnswer : null,
            Source = inbound?.Source,
            ProposedBy = by,
            ProposedAt = action.Now,
            ReviewBy = action.Now.AddDays(input.Days!.Value),
        };
        var tried = grounds.That(action.Now, terms).ToList();
        db.Add(entry);
        db.AddRange(tried.Select(t => new BlockedItem { EntryId = id, ItemId = t.Item.Id, Notices = t.Notices, FirstNoticeAt = t.FirstAt!.Value, LastNoticeAt = t.LastAt!.Value }));
        inbound?.Propose(id, by, action.Now);
        action.Emit(new BlockProposed(id, entry.Scope, entry.Basis, tried.Count, grounds.Others, by));
        await action.Commit(cancellation);
        return new Outcome.Proposed(id);
    }

    /// <summary>Open entries that block this very name: its own, and those above it that have everything below.</summary>
    internal static IQueryable<BlockedDomain> Covering(EgidaDb db, string name)
    {
        var above = Above(name).ToList();
        return db.Set<BlockedDomain>().Where(b => b.EndedAt == null && (b.Domain == name || (b.Scope == BlockScope.Domain && above.Contains(b.Domain))));
    }

    private static IEnumerable<string> Above(string name)
    {
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1)) yield return name[(dot + 1)..];
    }

    internal static IResult Get() => Page.Of<ProposeBlockPage>(new { Form = BlockForm.Empty });

    /// <summary>Shows what is known about the domain, before anything is proposed. Posted: a domain must not stand in a log or a history.</summary>
    internal static async Task<IResult> PostCheck(HttpContext context, ProposeBlock propose, Words words, CancellationToken cancellation) =>
        await propose.Show(BlockForm.Of(await context.Request.ReadFormAsync(cancellation)), [], words, cancellation);

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, ProposeBlock propose, Words words, CancellationToken cancellation)
    {
        var input = BlockForm.Of(await context.Request.ReadFormAsync(cancellation));
        return await propose.Handle(input, staff.Id, cancellation) switch
        {
            Outcome.Proposed proposed => TypedResults.LocalRedirect($"/staff/blocking/{proposed.Id}"),
            Outcome.Wrong wrong => await propose.Show(input, wrong.Fields, words, cancellation),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<IResult> Show(BlockForm input, IReadOnlyList<(string Field, string Text)> wrong, Words words, CancellationToken cancellation)
    {
        var (name, problem) = rules.Read(input.Domain);
        if (wrong.Count == 0 && problem is { } why)
        {
            wrong = [("domain", $"block.problem.{System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString())}")];
        }

        return Page.Of<ProposeBlockPage>(
            new
            {
                Form = input,
                Name = name,
                Grounds = name is null ? null : await Grounds.Gather(db, name, input.ScopeCode ?? BlockScope.Domain, cancellation),
                Covering = name is null ? null : await Covering(db, name).AsNoTracking().FirstOrDefaultAsync(cancellation),
                Terms = terms,
                Now = clock.GetUtcNow().UtcDateTime,
                Errors = (IReadOnlyList<FormError>)[.. wrong.Select(w => new FormError(w.Field, words.Of(w.Text, terms.ReviewWithinDays, terms.TryRemovalForHours)))],
            },
            wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
