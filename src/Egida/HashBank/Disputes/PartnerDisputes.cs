using System.Globalization;
using System.Text.Json;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>A partner disputes a record that it was told of, and asks what became of it: with its key, in JSON.</summary>
internal static class PartnerDisputes
{
    /// <param name="Record">Its number, from an answer or a list.</param>
    /// <param name="Reason"><c>not-illegal</c>, <c>wrong-classification</c>, <c>other-picture</c> or <c>other</c>.</param>
    /// <param name="Urgent">Somebody is harmed by it now: a shorter clock. It doesn't change the record by itself.</param>
    public sealed record Request(int? Record, string? Reason, string? Text, bool? Urgent);

    /// <param name="State"><c>held</c> with many others until a person has looked, <c>to-link</c>, <c>open</c>, <c>taken</c> or <c>decided</c>.</param>
    /// <param name="Verdict"><c>stands</c>, <c>corrected</c>, <c>withdrawn</c>, <c>negative-list</c>, <c>nothing-found</c> or <c>not-examined</c>; null until it is decided.</param>
    public sealed record Answer(string Dispute, int? Record, string State, int Times, DateTime FiledAt, DateTime ReadBy, DateTime DecideBy, string? Verdict, DateTime? DecidedAt);

    internal static async Task<IResult> Post(HttpContext context, FileDispute file, DisputeRates rates, DisputeTerms terms, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        if (rates.Take(partner.Id) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status429TooManyRequests, $"You may dispute {rates.PerMinute} records a minute.");
        }

        if (await Read(context, cancellation) is not { } request)
        {
            return Problem(StatusCodes.Status400BadRequest, "The body isn't the JSON that is expected here: {\"record\": …, \"reason\": …, \"text\": …}.");
        }

        if (request.Record is not { } record || ReasonOf(request.Reason) is not { } reason)
        {
            return Problem(StatusCodes.Status400BadRequest, $"Give a record's number and one of the reasons {string.Join(", ", Enum.GetValues<DisputeReason>().Select(Code))}.");
        }

        if (string.IsNullOrWhiteSpace(request.Text) || request.Text.Length > FileDispute.LongestText)
        {
            return Problem(StatusCodes.Status400BadRequest, $"Say in the text what is wrong, in 1 to {FileDispute.LongestText} characters.");
        }

        var filing = new FileDispute.Filing(DisputeParty.Partner, new HashRecordId(record), reason, Intake.Addresses.EvidenceText.Keep(request.Text.Trim()), "en") { Partner = partner.Id, IsUrgent = request.Urgent == true };
        return await file.Handle(filing, cancellation) switch
        {
            FileDispute.Outcome.Filed filed => TypedResults.Json(Of(filed.Case, filed.Filing, terms), MatchMessages.Json, statusCode: StatusCodes.Status202Accepted),
            _ => Problem(StatusCodes.Status404NotFound, "There is no record of this number."),
        };
    }

    /// <summary>GET /api/v1/disputes/{record}: this partner's newest dispute about it; of others' it learns nothing.</summary>
    internal static async Task<IResult> Get(HashRecordId record, HttpContext context, EgidaDb db, DisputeTerms terms, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context).Id;
        var found = await db.Set<DisputeFiling>().AsNoTracking().Where(f => f.PartnerId == partner && f.RecordId == record)
            .Join(db.Set<DisputeCase>(), f => f.CaseId, c => c.Id, (Filing, Case) => new { Filing, Case }).OrderByDescending(x => x.Filing.At).FirstOrDefaultAsync(cancellation);
        return found is null ? Problem(StatusCodes.Status404NotFound, "You have not disputed this record.") : TypedResults.Json(Of(found.Case, found.Filing, terms), MatchMessages.Json);
    }

    /// <summary>By when this is read was promised for this, whatever joined the case before or since.</summary>
    private static Answer Of(DisputeCase c, DisputeFiling filing, DisputeTerms terms) => new(
        c.Number, filing.RecordId?.Value, Code(c.State), filing.Times, filing.At, terms.ReadDue(filing.At), c.DecideDue, c.Verdict is { } verdict ? Code(verdict) : null, c.DecidedAt);

    private static async Task<Request?> Read(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<Request>(MatchMessages.Json, cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DisputeReason? ReasonOf(string? code) => Enum.GetValues<DisputeReason>().Cast<DisputeReason?>().FirstOrDefault(r => Code(r!.Value) == code);

    internal static string Code<TEnum>(TEnum value) where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
