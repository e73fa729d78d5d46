using Egida.Access;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank.Disputes;

/// <summary>Another hotline or a source disputes a record by mail or on the phone: staff enter it in their name. Whoever enters it doesn't decide it.</summary>
public static class EnterDispute
{
    public sealed record Typed(string From, string Record, string Reason, string Text, string Mail, bool IsUrgent)
    {
        public static Typed Of(IFormCollection form) => new(
            form["from"].ToString().Trim(), form["record"].ToString().Trim(), form["why"].ToString(), form["text"].ToString().Trim(), form["mail"].ToString().Trim(),
            form["urgent"].Count > 0);

        public HashRecordId? RecordId => HashRecordId.TryParse(Record, out var id) ? id : null;
    }

    internal static IReadOnlyList<string> Decide(Typed typed)
    {
        List<string> wrong = [];
        if (typed.From.Length is 0 or > 200) wrong.Add("from");
        if (typed.RecordId is null) wrong.Add("record");
        if (!Enum.TryParse<DisputeReason>(typed.Reason, out var reason) || !Enum.IsDefined(reason)) wrong.Add("why");
        if (typed.Text.Length is 0 or > FileDispute.LongestText) wrong.Add("text");
        if (typed.Mail.Length > 0 && MailBox.Parse(typed.Mail) is null) wrong.Add("mail");
        return wrong;
    }

    internal static IResult Get(string? record) => Show(new Typed("", record ?? "", "", "", "", false), [], null);

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, FileDispute file, Words words, CancellationToken cancellation)
    {
        var typed = Typed.Of(await context.Request.ReadFormAsync(cancellation));
        if (Decide(typed) is { Count: > 0 } wrong)
        {
            return Show(typed, wrong, words);
        }

        var filing = new FileDispute.Filing(DisputeParty.Elsewhere, typed.RecordId, Enum.Parse<DisputeReason>(typed.Reason), typed.Text, words.Language)
        {
            From = typed.From,
            Mail = typed.Mail.Length > 0 ? typed.Mail : null,
            IsUrgent = typed.IsUrgent,
            EnteredBy = staff.Id,
        };
        return await file.Handle(filing, cancellation) is FileDispute.Outcome.Filed filed
            ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{filed.Case.Id}")
            : Show(typed, ["record"], words);
    }

    private static IResult Show(Typed typed, IReadOnlyList<string> wrong, Words? words) => Page.Of<EnterDisputePage>(
        new { Form = typed, Errors = (IReadOnlyList<FormError>)[.. wrong.Select(field => new FormError(field, words!.Of($"dispute.enter.{field}.problem", FileDispute.LongestText)))] },
        wrong.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
