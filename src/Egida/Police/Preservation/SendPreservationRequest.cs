using System.Globalization;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Police.Preservation;

/// <summary>The letter to the provider: exact address, where and when it was seen, the police unit that wants the data, our number. Like every letter never lost, at worst twice.</summary>
internal sealed class SendPreservationRequest(
    EgidaDb db, ActionBook actions, ContactBook contacts, PoliceUnits units, Institution institution, Letters letters, SendLetter post, IOptions<MailOptions> mailOptions) : IWorkHandler
{
    public const string WorkKind = "police.send-preservation-request";

    private static readonly Actor Police = Actor.System("police");

    public static class Kinds
    {
        public static readonly ActionKind Attempt = new("police.attempt-preservation-request");
        public static readonly ActionKind Send = new(WorkKind);
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new PreservationRequestId(work.SubjectId);
        var request = await db.Set<PreservationRequest>().FirstOrDefaultAsync(r => r.Id == id, cancellation);
        if (request is null or { SentAt: not null } or { StoppedAt: not null })
        {
            return new WorkOutcome.Done();
        }

        var item = await db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == request.ItemId, cancellation);
        var package = await db.Set<PolicePackage>().AsNoTracking().SingleAsync(p => p.Id == request.PackageId, cancellation);
        var trace = await db.Set<HostingTrace>().AsNoTracking().Where(t => t.ItemId == item.Id).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var asked = await RequestPreservation.ProviderOf(db, contacts, request.ItemId, cancellation);
        if (asked?.AbuseMail != request.Recipient || MailBox.Parse(request.Recipient, request.Provider) is not { } to)
        {
            // It moved, or somebody took the approval of the mailbox back: nothing goes there, and it can be asked for anew.
            return await End(work, request, r => (r.StoppedAt, r.StoppedBecause) = (r.At, "contact-not-approved"), cancellation);
        }

        var letter = new SendLetter.Letter(
            id.Value, Kinds.Attempt, Police, item.Id.Subject, from, to,
            (at, earlier) => Task.FromResult(Compose(request, item, package, trace, from, to, at, earlier)));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken taken => await End(work, request, r => r.SentAt = taken.At, cancellation),
            SendLetter.Outcome.Stopped stopped => await End(work, request, r => (r.StoppedAt, r.StoppedBecause) = (r.At, stopped.Reason), cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain($"{later.Problem}: the letter to the provider did not certainly go; it is tried again"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private MailMessage Compose(
        PreservationRequest request, Item item, PolicePackage package, HostingTrace? trace, MailBox from, MailBox to, DateTime at, DateTime? earlier)
    {
        var values = new Dictionary<string, string>
        {
            ["number"] = request.Number,
            ["reference"] = package.Reference,
            ["unit"] = units.Of(package.Unit).Name,
            ["unitPhone"] = units.Of(package.Unit).Phone,
            ["url"] = (item.Address ?? item.AsTyped).Reveal(),
            ["ip"] = trace?.Address ?? "—",
            ["seen"] = Minute(trace?.At ?? item.LastReportedAt),
            ["date"] = Minute(at),
            ["earlier"] = earlier is { } unknown ? Minute(unknown) : "",
            ["institution"] = institution.Name,
            ["englishInstitution"] = institution.EnglishName,
            ["postalAddress"] = institution.PostalAddress,
            ["mail"] = institution.Mail,
            ["phone"] = institution.Phone,
        };
        var messageId = $"{request.Id}@{institution.Domain}";
        var (subject, text) = (Letters.Fill(letters.Preservation.Subject, values), Letters.Fill(letters.Preservation.Body, values));
        List<KeyValuePair<string, string>> headers = [new("Auto-Submitted", "auto-generated")];
        if (earlier is not null)
        {
            subject = $"[możliwy duplikat / possible duplicate] {subject}";
            text = Letters.Fill(letters.Preservation.Duplicate, values) + "\n" + text;
            headers.Add(new("X-Egida-Possible-Duplicate-Of", $"<{messageId}>"));
        }

        return new MailMessage(from, to, subject, messageId, at, [MailPart.Text(text + "\n")]) { Headers = headers };
    }

    private async Task<WorkOutcome> End(WorkItem work, PreservationRequest request, Action<PreservationRequest> end, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Police, request.ItemId.Subject);
        end(request);
        if (request.StoppedAt is not null)
        {
            request.StoppedAt = action.Now;
        }

        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private static string Minute(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
