using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Platform.Mail;

internal static class MailAttempts
{
    public static Task<List<MailAttempt>> Of(EgidaDb db, Guid messageOf, CancellationToken cancellation) =>
        db.Set<MailAttempt>().Where(a => a.MessageOf == messageOf).OrderBy(a => a.Ordinal).ToListAsync(cancellation);

    /// <summary>To be committed before the mail server is spoken to.</summary>
    public static MailAttempt Begin(ActionContext action, Guid messageOf, NextAttempt.Send send)
    {
        var attempt = new MailAttempt { MessageOf = messageOf, Ordinal = send.Ordinal, BegunAt = action.Now, PossibleDuplicate = send.PossibleDuplicate };
        action.Db.Add(attempt);
        return attempt;
    }

    /// <summary>When the attempt began whose end nobody knows; null when there is none.</summary>
    public static DateTime? UnknownSince(IEnumerable<MailAttempt> earlier) =>
        earlier.Where(a => a.State is MailAttemptState.Begun or MailAttemptState.Unknown).Select(a => (DateTime?)a.BegunAt).FirstOrDefault();
}
