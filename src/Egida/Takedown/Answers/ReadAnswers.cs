using System.Security.Cryptography;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown.Answers;

/// <summary>
/// Reads the hotline's mailbox: bounces, delays, automatic replies and answers to notices, each matched to its notices. What isn't about a notice is left
/// there unread, for people. A mail is moved only after what it said is committed; read again after a crash, it is the same answer.
/// </summary>
internal sealed class ReadAnswers(EgidaDb db, AnswerNotice answers, Institution institution, IOptions<TakedownOptions> options) : IWorkHandler
{
    public const string WorkKind = "takedown.read-answers";

    /// <summary>At a time: a flood is taken in portions, and other work goes on between them.</summary>
    internal const int Portion = 200;

    public static readonly Guid Mailbox = Guid.Parse("7b1f3c52-5d3b-4c7e-9a52-0c4f3e5a9d11");

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        if (options.Value.Inbox is not { Length: > 0 } folder)
        {
            return new WorkOutcome.Done();
        }

        var box = new Maildir(folder);
        try
        {
            var names = box.New(Portion);
            var read = names.Select(name => (Name: name, Mail: Read(box.Read(name)))).ToList();
            var matched = new List<(string Name, IReadOnlyList<(NoticeId Notice, AnswerNotice.Answer Answer)> To)>();
            foreach (var (name, mail) in read)
            {
                matched.Add((name, mail is null ? [] : await Match(mail.Value.Answer, mail.Value.Hash, cancellation)));
            }

            foreach (var about in matched.SelectMany(m => m.To).GroupBy(t => t.Notice, t => t.Answer))
            {
                await answers.Handle(about.Key, [.. about], cancellation);
            }

            matched.ForEach(m => box.Done(m.Name, understood: m.To.Count > 0));
            return new WorkOutcome.Later(names.Count == Portion ? TimeSpan.Zero : options.Value.ReadEvery);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new WorkOutcome.Later(options.Value.ReadEvery, "no-mailbox: Takedown:Inbox can't be read; is it a Maildir that this process may read and write?");
        }
    }

    private (MailAnswer Answer, byte[] Hash)? Read(byte[] raw)
    {
        try
        {
            return MailAnswer.Read(IncomingMessage.Read(raw), institution.Domain) is { } answer ? (answer, SHA256.HashData(raw)) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Made to be slow, or stranger than we thought: for people. One mail never stops the reading of the others.
            return null;
        }
    }

    /// <summary>
    /// A report's id or a Message-ID is known only to who had the letter. A number can be guessed, so by it alone only the notice's own desk is believed to write,
    /// and never that a letter came back.
    /// </summary>
    private async Task<IReadOnlyList<(NoticeId, AnswerNotice.Answer)>> Match(MailAnswer mail, byte[] hash, CancellationToken cancellation)
    {
        var reports = mail.Reports.Keys.ToList();
        var byReport = await db.Set<Notice>().AsNoTracking().Where(n => reports.Contains(n.Id) && n.SentAt != null).ToListAsync(cancellation);
        var inLetters = await db.Set<Notice>().AsNoTracking().Where(n => mail.Letters.Contains(n.LetterId) && n.SentAt != null).ToListAsync(cancellation);
        var named = inLetters.Where(n => mail.Numbers.Contains(n.Number)).ToList();
        var found = byReport.Count > 0 ? byReport
            : mail.Kind is NoticeAnswerKind.Written && named.Count > 0 ? named
            : inLetters.Count > 0 ? inLetters
            : mail.Kind is NoticeAnswerKind.Written or NoticeAnswerKind.Automatic ? await ByNumber(mail, cancellation)
            : [];
        return [.. found.Select(n => (n.Id, new AnswerNotice.Answer(NoticeAnswerChannel.Mail, KindFor(mail, n.Id), mail.Words, null, Origin(hash, n.Id)) { Status = mail.Status }))];
    }

    private async Task<List<Notice>> ByNumber(MailAnswer mail, CancellationToken cancellation)
    {
        var rows = await db.Set<Notice>().AsNoTracking().Where(n => mail.Numbers.Contains(n.Number) && n.SentAt != null).OrderBy(n => n.Ordinal).ToListAsync(cancellation);
        return
        [
            .. rows.Where(n => mail.FromDomain is { } from && MailBox.Parse(n.Recipient) is { Domain: var desk } && (from == desk || from.EndsWith("." + desk, StringComparison.OrdinalIgnoreCase)))
                .GroupBy(n => n.Chain).Select(chain => chain.Last()),
        ];
    }

    private static NoticeAnswerKind KindFor(MailAnswer mail, NoticeId notice) =>
        mail.Kind is not NoticeAnswerKind.Removed || mail.Reports.GetValueOrDefault(notice) ? mail.Kind : NoticeAnswerKind.Written;

    private static byte[] Origin(byte[] mail, NoticeId notice) => SHA256.HashData([.. mail, .. Encoding.ASCII.GetBytes(notice.ToString())]);
}
