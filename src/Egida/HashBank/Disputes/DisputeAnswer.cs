using Egida.Intake.Receipts;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>What a person may learn with their code: that it is being looked into, and whether anything was changed.</summary>
public enum DisputeAnswer
{
    /// <summary>Many came at once: a person looks at them together first.</summary>
    Held,
    Waiting,

    /// <summary>A person here has read it.</summary>
    Read,

    /// <summary>Something was wrong and is corrected.</summary>
    Changed,

    /// <summary>Looked into, and nothing changed. That no record was found at all sounds the same, or this would tell whether one is there.</summary>
    Unchanged,
    NotExamined,
}

/// <summary>Somebody comes back with the receipt code of a dispute, on the page where reports' codes are entered too.</summary>
internal static class ReadDisputeReceipt
{
    public static readonly OtherReceipts Receipts = new(Find);

    internal static DisputeAnswer Decide(DisputeState state, DisputeVerdict? verdict, bool isRead) => verdict switch
    {
        DisputeVerdict.Corrected or DisputeVerdict.Withdrawn or DisputeVerdict.NegativeList => DisputeAnswer.Changed,
        DisputeVerdict.Stands or DisputeVerdict.NothingFound => DisputeAnswer.Unchanged,
        DisputeVerdict.NotExamined => DisputeAnswer.NotExamined,
        _ when state == DisputeState.Held => DisputeAnswer.Held,
        _ => isRead ? DisputeAnswer.Read : DisputeAnswer.Waiting,
    };

    private static async Task<IResult?> Find(EgidaDb db, byte[] receipt, CancellationToken cancellation)
    {
        var found = await db.Set<DisputeFiling>().AsNoTracking().Where(f => f.ReceiptHash == receipt)
            .Join(db.Set<DisputeCase>(), f => f.CaseId, c => c.Id, (Filing, Case) => new { Filing.At, Case }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : Page.Of<DisputeAnswerPage>(new { found.Case, FiledAt = found.At, Answer = Decide(found.Case.State, found.Case.Verdict, found.Case.ReadAt is not null) });
    }
}
