using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Police.TimeStamps;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>
/// A third party's word that each sealed file existed at this moment (RFC 3161), before anybody is told of it. While the authority is away, or says something that isn't so,
/// the package waits and its page says why; it never goes without.
/// </summary>
internal sealed class StampPolicePackage(EgidaDb db, ActionBook actions, TimeStampAuthority authority) : IWorkHandler
{
    public const string WorkKind = "police.stamp-package";

    public static readonly ActionKind Kind = new(WorkKind);

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new PolicePackageId(work.SubjectId);
        var package = await db.Set<PolicePackage>().FirstOrDefaultAsync(p => p.Id == id, cancellation);
        if (package?.SealedAt is null || package.StampedAt is not null)
        {
            return new WorkOutcome.Done();
        }

        if (!authority.IsSet)
        {
            return new WorkOutcome.Park("no-time-stamp-authority: set TimeStamps:Url and TimeStamps:Authorities to the authority that stamps sealed packages, and retry");
        }

        var parts = await db.Set<PolicePackagePart>().Where(p => p.PackageId == id).OrderBy(p => p.Ordinal).ToListAsync(cancellation);
        var stamps = new List<TimeStampAnswer.Stamped>();
        foreach (var part in parts)
        {
            switch (await authority.Stamp(Convert.FromHexString(part.Sha256), cancellation))
            {
                case TimeStampAnswer.Stamped stamped:
                    stamps.Add(stamped);
                    break;
                case TimeStampAnswer.Away away:
                    return new WorkOutcome.Later(authority.AskAgainAfter, away.Problem);
                case TimeStampAnswer.Wrong wrong:
                    return new WorkOutcome.TryAgain(wrong.Problem);
            }
        }

        var action = actions.Begin(Kind, Actor.System("police"), package.ItemId.Subject);
        foreach (var (part, stamp) in parts.Zip(stamps))
        {
            part.Take(stamp.Token, stamp.At, stamp.By);
        }

        package.Stamped(action.Now);
        action.Emit(new PolicePackageStamped(package.ItemId, id.Value, parts.ConvertAll(p => p.Sha256)));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
