using Egida.Intake.Receipts;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// What a person may learn with their code: that it waits, and whether anything was changed. Not that somebody here has read or taken it: only a record is taken, so that
/// would tell that there is one (docs/decisions/0144).
/// </summary>
public enum DisputeAnswer
{
    /// <summary>Many came at once: a person looks at them together first.</summary>
    Held,
    Waiting,

    /// <summary>Something was wrong and is corrected.</summary>
    Changed,

    /// <summary>Looked into, and nothing changed. That no record was found at all sounds the same, or this would tell whether one is there.</summary>
    Unchanged,
    NotExamined,
}

/// <summary>Somebody comes back with the receipt code of a dispute, on the page where reports' codes are entered too.</summary>
internal static class ReadDisputeReceipt
{
    public static OtherReceipts Receipts(DisputeTerms terms) => new((db, receipt, cancellation) => Find(db, terms, receipt, cancellation));

    internal static DisputeAnswer Decide(DisputeState state, DisputeVerdict? verdict) => verdict switch
    {
        DisputeVerdict.Corrected or DisputeVerdict.Withdrawn or DisputeVerdict.NegativeList => DisputeAnswer.Changed,
        DisputeVerdict.Stands or DisputeVerdict.NothingFound => DisputeAnswer.Unchanged,
        DisputeVerdict.NotExamined => DisputeAnswer.NotExamined,
        _ => state == DisputeState.Held ? DisputeAnswer.Held : DisputeAnswer.Waiting,
    };

    private static async Task<IResult?> Find(EgidaDb db, DisputeTerms terms, byte[] receipt, CancellationToken cancellation)
    {
        var found = await db.Set<DisputeFiling>().AsNoTracking().Where(f => f.ReceiptHash == receipt)
            .Join(db.Set<DisputeCase>(), f => f.CaseId, c => c.Id, (Filing, Case) => new { Filing, Case }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : Page.Of<DisputeAnswerPage>(new { FiledAt = found.Filing.At, Clocks = terms.ToldTo(found.Filing), found.Case.DecidedAt, Answer = Decide(found.Case.State, found.Case.Verdict) });
    }
}
