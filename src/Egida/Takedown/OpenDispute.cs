using System.Security.Cryptography;
using System.Text;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>
/// A provider disputes what we say of an item. Where the files are in the bank, the bank's own dispute is opened about their records, with its clocks and
/// its second assessor; where none is, the item already waits for a person.
/// </summary>
internal sealed class OpenDispute(EgidaDb db, FileDispute disputes) : IWorkHandler
{
    public const string WorkKind = "takedown.open-dispute";

    private const int MostRecords = 20;

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new NoticeAnswerId(work.SubjectId);
        if (await db.Set<NoticeAnswer>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellation) is not { Kind: NoticeAnswerKind.Disputed } answer)
        {
            return new WorkOutcome.Done();
        }

        var notice = await db.Set<Notice>().AsNoTracking().SingleAsync(n => n.Id == answer.NoticeId, cancellation);
        foreach (var record in await Records(answer.ItemId, cancellation))
        {
            // The same answer about the same record is one filing, however often this runs.
            var origin = SHA256.HashData(Encoding.UTF8.GetBytes($"notice answer\n{answer.Id}\n{record}"));
            await disputes.Handle(
                new FileDispute.Filing(DisputeParty.Elsewhere, record, DisputeReason.NotIllegal, $"{notice.Number}: {answer.Text}", "en")
                {
                    From = notice.Provider ?? notice.Number,
                    ReceiptHash = origin,
                },
                cancellation);
        }

        return new WorkOutcome.Done();
    }

    /// <summary>Of those files of the item that were found illegal and are known.</summary>
    private async Task<IReadOnlyList<HashRecordId>> Records(ItemId item, CancellationToken cancellation) =>
        [.. (await GatherNoticeFacts.Illegal(db, item, cancellation)).Select(f => f.RecordId).OfType<HashRecordId>().Distinct().Take(MostRecords)];
}
