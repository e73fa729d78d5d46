using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources.Health;

/// <summary>The operator has mended what a feed stopped at: it is asked again. It goes on where it was; nothing is read twice that does harm.</summary>
internal sealed class AskFeedAgain(EgidaDb db, ActionBook actions, IOptions<FeedsOptions> feeds)
{
    public static readonly ActionKind Kind = new("hash-bank.ask-feed-again");

    public async Task<SpokenOutcome> Handle(string name, StaffId by, CancellationToken cancellation)
    {
        if (!feeds.Value.Feeds.ContainsKey(name))
        {
            return SpokenOutcome.NotFound;
        }

        var subject = FollowFeed.SubjectOf(name);
        var stopped = await db.Set<WorkItem>().AsNoTracking().FirstOrDefaultAsync(w => w.Kind == FollowFeed.WorkKind && w.SubjectId == subject && w.DoneAt == null && w.ParkedAt != null, cancellation);
        if (stopped is null)
        {
            return SpokenOutcome.NothingToDo;
        }

        var action = actions.Begin(Kind, Actor.Of(by), $"hash-feed:{name}");
        action.Enqueue(FollowFeed.WorkFor(name) with { Key = stopped.Key });
        await action.Commit(cancellation);
        return SpokenOutcome.Done;
    }

    internal static async Task<IResult> Post(string feed, HttpContext context, CurrentStaff staff, AskFeedAgain again, CancellationToken cancellation) =>
        await again.Handle(feed, staff.Id, cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect(ShowSources.Path),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };
}
