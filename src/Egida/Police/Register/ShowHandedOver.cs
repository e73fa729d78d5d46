using System.Globalization;
using System.Text;
using Egida.Contacts;
using Egida.Platform.Database;
using Egida.Platform.Web;

namespace Egida.Police.Register;

/// <summary>
/// What was handed to whom and when, for a prosecutor: as a page that prints well and as CSV, of any stretch of time. No address, no content, nobody who reported.
/// </summary>
public static class ShowHandedOver
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>GET /staff/police/handed-over?from=2026-11-01&amp;to=2026-11-30</summary>
    internal static async Task<IResult> Get(string? from, string? to, EgidaDb db, PoliceUnits units, TimeProvider clock, CancellationToken cancellation)
    {
        var (first, last) = Days(from, to, clock);
        return Page.Of<HandedOverPage>(new { Rows = await HandedOverRow.Between(db, units, first, last, cancellation), From = first, To = last });
    }

    /// <summary>GET /staff/police/handed-over.csv, with the same days.</summary>
    internal static async Task<IResult> Csv(string? from, string? to, EgidaDb db, PoliceUnits units, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        var (first, last) = Days(from, to, clock);
        var text = new StringBuilder("reference;unit;unit_name;item;urgent;ordered_utc;sealed_utc;stamped_utc;told_utc;phoned_utc;first_fetched_utc;fetched_by;receipt_confirmed_utc;case_number;outcome;"
            + "file;objects;bytes;sha256;recipient_certificate_sha256;time_stamp_utc;time_stamp_by\r\n");
        foreach (var row in await HandedOverRow.Between(db, units, first, last, cancellation))
        {
            foreach (var part in row.Parts.Count > 0 ? row.Parts.Cast<PolicePackagePart?>() : [null])
            {
                string?[] cells =
                [
                    row.Package.Reference, row.Unit.Code, row.Unit.Name, row.Item, row.Package.IsUrgent ? "yes" : "no", Instant(row.Package.OrderedAt), Instant(row.Package.SealedAt),
                    Instant(row.Package.StampedAt), Instant(row.Package.NotifiedAt), Instant(row.Package.PhonedAt), Instant(row.FirstFetchAt), row.FetchedBy, Instant(row.ConfirmedAt),
                    row.CaseNumber, row.Outcome?.ToString(), part?.FileName, part?.Objects.ToString(CultureInfo.InvariantCulture), part?.Size.ToString(CultureInfo.InvariantCulture),
                    part?.Sha256, row.Package.Certificate, Instant(part?.StampedAt), part?.StampedBy,
                ];
                text.AppendJoin(';', cells.Select(c => FormulaSafe.Cell(c, ';'))).Append("\r\n");
            }
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv; charset=utf-8", $"police-{first:yyyyMMdd}-{last:yyyyMMdd}.csv");
    }

    /// <summary>The last thirty days unless the question says which; at most ten years.</summary>
    internal static (DateOnly From, DateOnly To) Days(string? from, string? to, TimeProvider clock)
    {
        var last = Read(to) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = Read(from) ?? last.AddDays(-30);
        return first > last ? (last, last) : (first < last.AddYears(-10) ? last.AddYears(-10) : first, last);

        static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 9000 ? day : null;
    }

    private static string? Instant(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
