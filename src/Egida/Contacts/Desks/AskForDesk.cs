using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Contacts.Desks;

/// <summary>A registry named a desk that nobody here knows: it waits for a person.</summary>
public sealed record AbuseDeskProposed(AbuseDeskId DeskId, ItemId ItemId) : DomainEvent;

/// <summary>May a notice go to the mailbox that a registry named? Only where a person said so before.</summary>
public static class AskForDesk
{
    public abstract record Answer
    {
        private Answer()
        {
        }

        /// <param name="Mail">Approved by a person; may differ from the registry's.</param>
        public sealed record Approved(string Mail) : Answer;

        public sealed record Refused : Answer;

        /// <summary>Nobody has decided. Call <see cref="Propose"/> and send nothing.</summary>
        public sealed record NotYet : Answer;
    }

    public static async Task<Answer> Of(EgidaDb db, ProviderQuestion question, CancellationToken cancellation) => await Find(db, question, cancellation) switch
    {
        { State: DeskState.Approved, Mail: { } mail } => new Answer.Approved(mail),
        { State: DeskState.Refused } => new Answer.Refused(),
        _ => new Answer.NotYet(),
    };

    public static Task<AbuseDesk?> Find(EgidaDb db, ProviderQuestion question, CancellationToken cancellation)
    {
        var (mail, holder) = (MailKey(question), HolderKey(question));
        return db.Set<AbuseDesk>().AsNoTracking().FirstOrDefaultAsync(d => d.RegistryMail == mail && d.HolderKey == holder, cancellation);
    }

    /// <summary>
    /// Puts the desk before a person, and notes that this item waits for it. Takes the turn: who decides at the same moment either sees the wait or is seen here.
    /// </summary>
    /// <param name="others">Mailboxes that other sources name for the same network.</param>
    /// <returns>False when it was decided meanwhile: nothing was noted, ask again.</returns>
    public static async Task<bool> Propose(ActionContext action, ItemId item, ProviderQuestion question, IEnumerable<string> others, CancellationToken cancellation)
    {
        await action.TakeTurn(cancellation);
        var desk = await Find(action.Db, question, cancellation);
        if (desk is { State: not DeskState.Proposed })
        {
            await action.Leave();
            return false;
        }

        if (desk is null)
        {
            desk = new AbuseDesk
            {
                Id = Id.New<AbuseDeskId>(action.Clock),
                RegistryMail = MailKey(question),
                HolderKey = HolderKey(question),
                Holder = question.Holder is { } holder ? Cut(holder) : null,
                NetworkHandle = question.NetworkHandle,
                Country = question.Country,
                OtherMails = string.Join('\n', others.Take(5)) is { Length: > 0 } lines ? lines : null,
                ProposedAt = action.Now,
            };
            action.Db.Add(desk);
            action.Emit(new AbuseDeskProposed(desk.Id, item));
        }

        if (!await action.Db.Set<DeskWait>().AnyAsync(w => w.DeskId == desk.Id && w.ItemId == item, cancellation))
        {
            action.Db.Add(new DeskWait { DeskId = desk.Id, ItemId = item, Since = action.Now });
        }

        return true;
    }

    private static string MailKey(ProviderQuestion question) =>
        question.RegistryAbuseMail?.ToLowerInvariant() ?? throw new ArgumentException("There is no mailbox to ask about.", nameof(question));

    private static string HolderKey(ProviderQuestion question) => Cut((question.Holder ?? question.NetworkHandle ?? "").Trim().ToLowerInvariant());

    private static string Cut(string text) => text.Length <= AbuseDesk.LongestHolder ? text : text[..AbuseDesk.LongestHolder];
}
