using System.Text.Json;
using Egida.Access;
using Egida.Audit;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>One record: its hashes, its labels as codes, who stands for it, what happened to it. There is no picture to show.</summary>
public static class ShowHashRecord
{
    /// <param name="Names">Of everybody who appears.</param>
    public sealed record Facts(HashRecord Record, IReadOnlyList<RecordHash> Hashes, IReadOnlyList<AuditEntry> History, IReadOnlyDictionary<StaffId, string> Names)
    {
        public IEnumerable<KeyValuePair<string, List<string>>> Labels => JsonSerializer.Deserialize<Dictionary<string, List<string>>>(Record.Labels) ?? [];

        public string NameOf(StaffId staff) => Names.GetValueOrDefault(staff, "—");

        /// <summary>A staff member's name, else the system's part that acted.</summary>
        public string NameOf(string actor) => actor.StartsWith("staff:", StringComparison.Ordinal) && StaffId.TryParse(actor[6..], out var id) ? NameOf(id) : actor;
    }

    internal static Task<IResult> Get(HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, CancellationToken cancellation) =>
        Answer(recordId, context, staff, db, [], cancellation);

    internal static async Task<IResult> Answer(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var record = await db.Set<HashRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        if (record is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var hashes = await db.Set<RecordHash>().AsNoTracking().Where(h => h.RecordId == recordId).OrderBy(h => h.Value).Take(500).ToListAsync(cancellation);
        var history = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Subject == recordId.Subject).OrderBy(e => e.Seq).Take(200).ToListAsync(cancellation);
        // Two persons stand for a record, a few more acted on it: all names are asked for at once.
        var people = history.Select(e => Guid.TryParse(e.Actor.Replace("staff:", "", StringComparison.Ordinal), out var id) ? id : Guid.Empty)
            .Concat([record.ProposedBy.Value, record.ConfirmedBy?.Value ?? Guid.Empty]).Distinct().ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => new StaffId(s.Id), s => s.DisplayName, cancellation);
        return Page.Of<HashRecordPage>(
            new { Facts = new Facts(record, [.. hashes.OrderBy(h => h.Kind)], history, names), Staff = staff, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
