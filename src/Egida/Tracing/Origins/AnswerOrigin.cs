using System.Net;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Fetching;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Origins;

/// <summary>A host stands behind a delivery network and nobody has asked yet where it really is.</summary>
public sealed record OriginWanted(OriginQuestionId QuestionId, ItemId ItemId) : DomainEvent;

/// <summary>The delivery network answered; what is on that host is traced anew.</summary>
public sealed record OriginAnswered(OriginQuestionId QuestionId, bool Told) : DomainEvent;

/// <summary>Somebody here asked a delivery network where a host is, and writes down what it said, or that it doesn't say.</summary>
public static class AnswerOrigin
{
    public const int LongestReason = 500;

    public static readonly ActionKind Kind = new("tracing.answer-origin") { ReasonRequired = true };

    /// <param name="Answer">`told` or `not-told`.</param>
    public sealed record Input(string Answer, string Origin, string Reason);

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Told(IPAddress Origin) : Outcome;

        public sealed record NotTold : Outcome;

        /// <param name="Problems">Field and text key.</param>
        public sealed record NotLikeThis(IReadOnlyList<(string Field, string Text)> Problems) : Outcome;
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapStaff("/tracing/origins");
        group.MapGet("/{questionId}", Show).RequireRight(Right.AnswerOrigin);
        group.MapPost("/{questionId}", Post).RequireRight(Right.AnswerOrigin);
    }

    internal static Outcome Decide(Input input, NetworkGuard guard)
    {
        var problems = new List<(string, string)>();
        var isAddress = IPAddress.TryParse(input.Origin.Trim().Trim('[', ']'), out var origin);
        if (input.Answer == "told" && (!isAddress || guard.Judge(origin!) is GuardVerdict.Refused))
        {
            problems.Add(("origin", "origin.problem.address"));
        }

        if (input.Answer is not ("told" or "not-told"))
        {
            problems.Add(("answer", "origin.problem.answer"));
        }

        if (string.IsNullOrWhiteSpace(input.Reason) || input.Reason.Length > LongestReason)
        {
            problems.Add(("reason", "origin.problem.reason"));
        }

        return (problems, input.Answer) switch
        {
            ({ Count: > 0 }, _) => new Outcome.NotLikeThis(problems),
            (_, "told") => new Outcome.Told(origin!),
            _ => new Outcome.NotTold(),
        };
    }

    private static Task<IResult> Show(OriginQuestionId questionId, HttpContext context, EgidaDb db, DeliveryNetworks networks, CancellationToken cancellation) =>
        Draw(questionId, context, db, networks, null, [], cancellation);

    private static async Task<IResult> Post(
        OriginQuestionId questionId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, DeliveryNetworks networks, NetworkGuard guard, Words words,
        CancellationToken cancellation)
    {
        if (await db.Set<OriginQuestion>().FirstOrDefaultAsync(q => q.Id == questionId, cancellation) is not { } question)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var form = await context.Request.ReadFormAsync(cancellation);
        var input = new Input(form["answer"].ToString(), form["origin"].ToString(), form["reason"].ToString());
        var outcome = Decide(input, guard);
        if (outcome is Outcome.NotLikeThis wrong)
        {
            return await Draw(questionId, context, db, networks, input, [.. wrong.Problems.Select(p => new FormError(p.Field, words[p.Text]))], cancellation);
        }

        var action = actions.Begin(Kind, staff.Actor, $"origin:{questionId}", input.Reason);
        question.Answer((outcome as Outcome.Told)?.Origin, staff.Id, action.Now, action.Reason!);
        foreach (var item in await db.Set<Item>().Where(i => i.Host == question.Host && i.ClosedAt == null).ToListAsync(cancellation))
        {
            action.Enqueue(new NewWork(TraceItem.WorkKind, item.Id.Value));

            // Its route rests on the place in front: a person says whether it changes, because the police aren't told twice by themselves.
            if (outcome is Outcome.Told && item.LastStation >= Station.Routed)
            {
                item.PersonNeeded ??= PersonNeeded.NoRoute;
            }
        }

        action.Emit(new OriginAnswered(questionId, outcome is Outcome.Told));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect("/staff/tracing/origins");
    }

    private static async Task<IResult> Draw(
        OriginQuestionId questionId, HttpContext context, EgidaDb db, DeliveryNetworks networks, Input? input, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        if (await db.Set<OriginQuestion>().AsNoTracking().FirstOrDefaultAsync(q => q.Id == questionId, cancellation) is not { } question)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var items = await db.Set<Item>().AsNoTracking().Where(i => i.Host == question.Host).OrderBy(i => i.OpenedAt).Take(50).ToListAsync(cancellation);
        return Page.Of<OriginPage>(
            new { Question = question, Network = networks.Named(question.Network), Items = items, Input = input, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
