using System.Globalization;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

public sealed record HashSourceTrustChanged(short SourceId, Trust From, Trust To, StaffId By) : DomainEvent;

/// <summary>A source is believed more, or less, from now on; what holds about all it ever said follows in batches (<see cref="ApplyTrust"/>).</summary>
internal sealed class ChangeTrust(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.change-trust") { ReasonRequired = true };

    internal static SpokenOutcome Decide(HashSource? source, Trust trust, string? reason) => source switch
    {
        null or { Id: HashSource.House } => SpokenOutcome.NotFound,
        _ when source.Trust == trust => SpokenOutcome.NothingToDo,
        _ => SpeakAgainst.IsReason(reason) ? SpokenOutcome.Done : SpokenOutcome.ReasonMissing,
    };

    public async Task<SpokenOutcome> Handle(short sourceId, Trust trust, StaffId by, string? reason, CancellationToken cancellation)
    {
        var source = await db.Set<HashSource>().SingleOrDefaultAsync(s => s.Id == sourceId, cancellation);
        var outcome = Decide(source, trust, reason);
        if (outcome != SpokenOutcome.Done)
        {
            return outcome;
        }

        var action = actions.Begin(Kind, Actor.Of(by), $"hash-source:{source!.Code}", reason);
        await action.TakeTurn(cancellation);
        // An import may have counted meanwhile.
        await db.Entry(source).ReloadAsync(cancellation);
        var before = source.Trust;
        source.Trust = trust;
        // Begun anew if an earlier change is still being applied.
        source.TrustAppliedTo = 0;
        action.Emit(new HashSourceTrustChanged(sourceId, before, trust, by));
        action.Enqueue(new NewWork(ApplyTrust.WorkKind, ApplyTrust.SubjectOf(source.Id)));
        await action.Commit(cancellation);
        return outcome;
    }

    internal static async Task<IResult> Post(HttpContext context, EgidaDb db, CurrentStaff staff, ChangeTrust change, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        if (!short.TryParse(form["source"], NumberStyles.None, CultureInfo.InvariantCulture, out var source) || !Enum.TryParse<Trust>(form["to"], out var trust) || !Enum.IsDefined(trust))
        {
            return Problems.Page(context, StatusCodes.Status400BadRequest);
        }

        return await change.Handle(source, trust, staff.Id, form["why"], cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect(ListImports.Path),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            SpokenOutcome.NothingToDo => await Answer(new FormError("to", words["hash-import.to.problem"])),
            _ => await Answer(new FormError("why", words.Of("hash-import.why.problem", SpeakAgainst.LongestReason))),
        };

        Task<IResult> Answer(FormError error) => ListImports.Answer(db, staff, 1, AdmitSource.Input.Empty, [error], cancellation);
    }
}
