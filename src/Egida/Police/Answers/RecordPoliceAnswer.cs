using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Answers;

public sealed record PoliceAnswered(ItemId ItemId, Guid PackageId, PoliceOutcome? Outcome) : DomainEvent;

/// <summary>The police give their case number and what came of it; the analysts who worked on the item are told.</summary>
internal static class RecordPoliceAnswer
{
    public static readonly ActionKind Kind = new("police.record-answer");

    internal abstract record Outcome
    {
        public sealed record Recorded(string? CaseNumber, PoliceOutcome? Result, string? Note) : Outcome;

        public sealed record Refused : Outcome;
    }

    /// <summary>At least a number or an outcome, and nothing longer than it may be.</summary>
    internal static Outcome Decide(string? caseNumber, string? outcome, string? note)
    {
        var result = Enum.GetValues<PoliceOutcome>().Cast<PoliceOutcome?>().FirstOrDefault(o => o.ToString() == outcome);
        var (number, words) = (Trimmed(caseNumber), Trimmed(note));
        return (number is null && result is null) || number?.Length > PoliceAnswer.LongestCaseNumber || words?.Length > PoliceAnswer.LongestNote || (outcome is { Length: > 0 } && result is null)
            ? new Outcome.Refused()
            : new Outcome.Recorded(number, result, words);
    }

    /// <summary>POST /staff/police/{packageId}/answers</summary>
    internal static async Task<IResult> Post(
        PolicePackageId packageId, [FromForm] string? caseNumber, [FromForm] string? outcome, [FromForm] string? note,
        CurrentStaff staff, EgidaDb db, ActionBook actions, HttpContext context, CancellationToken cancellation)
    {
        if (await db.Set<PolicePackage>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == packageId, cancellation) is not { } package)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (Decide(caseNumber, outcome, note) is not Outcome.Recorded said)
        {
            return TypedResults.LocalRedirect($"/staff/police/{packageId}?problem=answer#answers");
        }

        var action = actions.Begin(Kind, staff.Actor, package.ItemId.Subject);
        await action.TakeTurn(cancellation);
        db.Add(new PoliceAnswer
        {
            PackageId = packageId,
            Ordinal = await db.Set<PoliceAnswer>().CountAsync(a => a.PackageId == packageId, cancellation) + 1,
            At = action.Now,
            By = staff.Id,
            CaseNumber = said.CaseNumber,
            Outcome = said.Result,
            Note = said.Note,
        });
        action.Emit(new PoliceAnswered(package.ItemId, packageId.Value, said.Result));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect($"/staff/police/{packageId}#answers");
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
