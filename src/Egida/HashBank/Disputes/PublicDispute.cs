using System.Data.Common;
using System.Globalization;
using Egida.Intake.Addresses;
using Egida.Intake.Form;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// The public form of whoever was told that a file of theirs is known here: no account, no cookie, no script. It never says whether the bank knows anything:
/// that would be a look-up for everybody (docs/decisions/0125).
/// </summary>
public static class PublicDispute
{
    private const int LongestTold = 500;

    /// <summary>Everything typed so far.</summary>
    public sealed record Typed(string Token, string Reason, string Record, string Details, string Told, string Mail)
    {
        public static Typed Of(IFormCollection form) => new(
            form["token"].ToString(), form["what"].ToString(), form["number"].ToString().Trim(), EvidenceText.Keep(form["details"].ToString()).ReplaceLineEndings("\n"),
            EvidenceText.Keep(form["told"].ToString()), form["mail"].ToString().Trim());

        public HashRecordId? RecordId => HashRecordId.TryParse(Record, out var id) ? id : null;

        public DisputeReason? ReasonCode => Enum.TryParse<DisputeReason>(Reason, out var reason) && Reasons.Contains(reason) ? reason : null;
    }

    /// <summary>What a person may say; a classification is a word of those who were told it.</summary>
    internal static readonly IReadOnlyList<DisputeReason> Reasons = [DisputeReason.NotIllegal, DisputeReason.OtherPicture, DisputeReason.Other];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapPublic("/dispute");
        group.MapGet("", (FormTokens tokens) => Show(new Typed(tokens.Issue(), "", "", "", "", ""), []));
        group.MapPost("", Post);
    }

    /// <returns>Field and the text that says what to do.</returns>
    internal static IReadOnlyList<(string Field, string Text)> Decide(Typed typed)
    {
        List<(string, string)> wrong = [];
        if (typed.ReasonCode is null) wrong.Add(("what", "dispute.problem.what"));
        if (typed.Details.Trim().Length == 0) wrong.Add(("details", "dispute.problem.details-missing"));
        if (typed.Details.Length > FileDispute.LongestText) wrong.Add(("details", "dispute.problem.details-long"));
        if (typed.Record.Length > 0 && typed.RecordId is null) wrong.Add(("number", "dispute.problem.number"));
        if (typed.Told.Length > LongestTold) wrong.Add(("told", "dispute.problem.told"));
        if (typed.Mail.Length > 0 && MailBox.Parse(typed.Mail) is null) wrong.Add(("mail", "dispute.problem.mail"));
        return wrong;
    }

    private static async Task<IResult> Post(HttpRequest request, FormTokens tokens, FileDispute file, DisputeTerms terms, Words words, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        var typed = Typed.Of(form);
        if (tokens.Read(typed.Token) is not FormTokenReading.Good { Nonce: var nonce })
        {
            var notice = typed.Token.Length == 0 ? null : "dispute.again";
            return Show(typed with { Token = tokens.Issue() }, [], notice);
        }

        if (Decide(typed) is { Count: > 0 } wrong)
        {
            return Show(typed, [.. wrong.Select(w => new FormError(w.Field, words.Of(w.Text, FileDispute.LongestText)))], status: StatusCodes.Status422UnprocessableEntity);
        }

        var receipt = tokens.ReceiptOf(nonce);
        try
        {
            var filing = new FileDispute.Filing(DisputeParty.Person, typed.RecordId, typed.ReasonCode!.Value, typed.Details.Trim(), words.Language)
            {
                ToldBy = typed.Told.Trim() is { Length: > 0 } told ? told : null,
                Mail = typed.Mail.Length > 0 ? typed.Mail : null,
                ReceiptHash = receipt.Hash,
            };
            return await file.Handle(filing, cancellation) is FileDispute.Outcome.Filed filed
                ? Page.Of<DisputeSentPage>(new { Receipt = receipt, Clocks = terms.ToldTo(filed.Filing), IsHeld = filed.Case.State == DisputeState.Held, filed.Before, HasMail = filed.Filing.Mail is not null })
                : throw new InvalidOperationException("unreachable: a person's dispute is always kept");
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            // Whoever filled it in keeps it; the same token makes sure that a second sending doubles nothing.
            return Show(typed, [], "dispute.not-stored", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static RazorComponentResult Show(Typed typed, IReadOnlyList<FormError> errors, string? notice = null, int status = StatusCodes.Status200OK) =>
        Page.Of<DisputePage>(new { Form = typed, Errors = errors, Notice = notice }, status);

    /// <summary>A day and an hour as people here read it.</summary>
    internal static string Local(DateTime at, Platform.Web.Institution institution, CultureInfo culture) =>
        TimeZoneInfo.ConvertTimeFromUtc(at, institution.Zone).ToString("d MMMM yyyy, HH:mm", culture);

    internal static string Day(DateTime at, Platform.Web.Institution institution, CultureInfo culture) =>
        TimeZoneInfo.ConvertTimeFromUtc(at, institution.Zone).ToString("d MMMM yyyy", culture);
}
