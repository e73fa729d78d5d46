using System.Globalization;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police;

/// <summary>
/// Tells the police unit that a package waits: its reference and where to fetch it, no content, no address. The letter is never lost and comes at
/// worst twice, the second copy marked; when it can't go, a person tells them.
/// </summary>
internal sealed class SendPoliceMail(
    EgidaDb db, ActionBook actions, PoliceUnits units, Institution institution, Letters letters, SendLetter post, IOptions<MailOptions> mailOptions,
    IOptions<PoliceOptions> options) : IWorkHandler
{
    public const string WorkKind = "police.send-mail";

    private static readonly Actor Police = Actor.System("police");

    public static class Kinds
    {
        public static readonly ActionKind Attempt = new("police.attempt-mail");
        public static readonly ActionKind Send = new(WorkKind);
        public static readonly ActionKind Stop = new("police.stop-mail");
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new PolicePackageId(work.SubjectId);
        var package = await db.Set<PolicePackage>().FirstOrDefaultAsync(p => p.Id == id, cancellation);
        if (package?.StampedAt is null || package.NotifiedAt is not null || package.StoppedAt is not null)
        {
            return new WorkOutcome.Done();
        }

        if (options.Value.LinkTo(id) is not { } link)
        {
            return new WorkOutcome.Park("no-portal-url: set Police:PortalUrl to the https address under which the police open Egida, and retry");
        }

        var item = await db.Set<Item>().SingleAsync(i => i.Id == package.ItemId, cancellation);
        var parts = await db.Set<PolicePackagePart>().AsNoTracking().Where(p => p.PackageId == id).OrderBy(p => p.Ordinal).ToListAsync(cancellation);
        var to = units.Of(package.Unit).MailBox;
        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var letter = new SendLetter.Letter(
            id.Value, Kinds.Attempt, Police, item.Id.Subject, from, to,
            (at, earlier) => Task.FromResult(Compose(package, parts, link, letters.Police, institution, from, to, at, earlier)));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken taken => await Notified(work, item, package, taken.At, cancellation),
            SendLetter.Outcome.Stopped stopped => await Stop(work, item, package, stopped.Reason, cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain($"{later.Problem}: the police unit's letter did not certainly go; it is tried again"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <param name="earlier">When an attempt began whose outcome is unknown: the letter says that it may be a second copy.</param>
    internal static MailMessage Compose(
        PolicePackage package, IReadOnlyList<PolicePackagePart> parts, Uri link, Letters.ToPolice letter, Institution institution, MailBox from, MailBox to, DateTime at, DateTime? earlier)
    {
        var values = new Dictionary<string, string>
        {
            ["reference"] = package.Reference,
            ["link"] = link.ToString(),
            ["size"] = package.Size.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = parts is [var whole] ? whole.Sha256 : string.Concat(parts.Select(p => $"\n{p.Sha256}  {p.FileName}")),
            ["stamped"] = parts.Max(p => p.StampedAt) is { } stamped ? $"{Minute(stamped)}" : "",
            ["certificate"] = package.Certificate!,
            ["date"] = Minute(at),
            ["earlier"] = earlier is { } unknown ? Minute(unknown) : "",
            ["institution"] = institution.Name,
            ["englishInstitution"] = institution.EnglishName,
            ["postalAddress"] = institution.PostalAddress,
            ["mail"] = institution.Mail,
            ["phone"] = institution.Phone,
        };
        var messageId = $"{package.Id}@{institution.Domain}";
        var (subject, text) = (Letters.Fill(letter.Subject, values), Letters.Fill(letter.Body, values));
        List<KeyValuePair<string, string>> headers = [new("Auto-Submitted", "auto-generated")];
        if (package.IsUrgent)
        {
            subject = $"[PILNE / URGENT] {subject}";
            headers.AddRange([new("X-Priority", "1"), new("Importance", "high")]);
        }

        if (earlier is not null)
        {
            subject = $"[możliwy duplikat / possible duplicate] {subject}";
            text = Letters.Fill(letter.Duplicate, values) + "\n" + text;
            headers.Add(new("X-Egida-Possible-Duplicate-Of", $"<{messageId}>"));
        }

        return new MailMessage(from, to, subject, messageId, at, [MailPart.Text(text + "\n")]) { Headers = headers };
    }

    private async Task<WorkOutcome> Notified(WorkItem work, Item item, PolicePackage package, DateTime at, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Police, item.Id.Subject);
        package.NotifiedAt = at;
        await action.Reach(item, Station.HandedOver, cancellation);
        action.Emit(new PoliceNotified(item.Id, package.Id.Value));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    /// <summary>The letter won't go by itself any more: the item waits for a person who tells the police; when they fetch the package, the road goes on.</summary>
    private async Task<WorkOutcome> Stop(WorkItem work, Item item, PolicePackage package, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Stop, Police, item.Id.Subject);
        (package.StoppedAt, package.StoppedBecause) = (action.Now, reason);
        item.PersonNeeded = PersonNeeded.PoliceNotTold;
        action.Emit(new PoliceLetterStopped(item.Id, package.Id.Value, reason));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
