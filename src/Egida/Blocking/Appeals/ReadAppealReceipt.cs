using Egida.Intake.Receipts;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Appeals;

/// <summary>What whoever objected may learn. That a domain isn't on the list, and that it stays there, sound the same: else everybody could ask for it.</summary>
public enum AppealAnswer
{
    Waiting,
    Lifted,
    Unchanged,
}

/// <summary>Somebody comes back with the receipt code of an objection, on the page where reports' codes are entered too.</summary>
internal static class ReadAppealReceipt
{
    public static readonly OtherReceipts Receipts = new(async (db, receipt, cancellation) =>
        await db.Set<BlockAppeal>().AsNoTracking().SingleOrDefaultAsync(a => a.ReceiptHash == receipt, cancellation) is { } appeal
            ? Page.Of<ObjectionAnswerPage>(new { appeal.FiledAt, appeal.DecideDue, appeal.DecidedAt, Answer = Decide(appeal.Outcome) })
            : null);

    internal static AppealAnswer Decide(AppealOutcome? outcome) => outcome switch
    {
        null => AppealAnswer.Waiting,
        AppealOutcome.Lifted => AppealAnswer.Lifted,
        _ => AppealAnswer.Unchanged,
    };
}
