using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Answers;

/// <summary>What the police answered lately, for those who worked on the items; whoever has read an answer notes it, and it waits for nobody else.</summary>
public static class ShowPoliceAnswers
{
    private const int Most = 100;

    public static readonly ActionKind Kind = new("police.note-answer");

    public sealed record Row(PoliceAnswer Answer, string Reference, Item Item);

    /// <summary>GET /staff/police/answers</summary>
    internal static async Task<IResult> Get(EgidaDb db, CurrentStaff staff, CancellationToken cancellation) => Page.Of<PoliceAnswersPage>(new
    {
        Rows = await (
            from answer in db.Set<PoliceAnswer>().AsNoTracking()
            join package in db.Set<PolicePackage>().AsNoTracking() on answer.PackageId equals package.Id
            join item in db.Set<Item>().AsNoTracking() on package.ItemId equals item.Id
            orderby answer.SeenAt != null, answer.At descending
            select new Row(answer, package.Reference, item)).Take(Most).ToListAsync(cancellation),
        MayNote = staff.Has(Right.AssessItem),
    });

    /// <summary>POST /staff/police/answers/{packageId}/{ordinal}</summary>
    internal static async Task<IResult> Note(
        PolicePackageId packageId, int ordinal, CurrentStaff staff, EgidaDb db, ActionBook actions, HttpContext context, CancellationToken cancellation)
    {
        var itemId = await db.Set<PolicePackage>().Where(p => p.Id == packageId).Select(p => (ItemId?)p.ItemId).FirstOrDefaultAsync(cancellation);
        var answer = await db.Set<PoliceAnswer>().FirstOrDefaultAsync(a => a.PackageId == packageId && a.Ordinal == ordinal, cancellation);
        if (itemId is null || answer is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (answer.SeenAt is null)
        {
            var action = actions.Begin(Kind, staff.Actor, itemId.Value.Subject);
            (answer.SeenAt, answer.SeenBy) = (action.Now, staff.Id);
            await action.Commit(cancellation);
        }

        return TypedResults.LocalRedirect("/staff/police/answers");
    }
}
