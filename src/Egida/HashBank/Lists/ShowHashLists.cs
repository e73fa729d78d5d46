using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

/// <summary>The lists: which versions there are, who has which, who still uses an old one, and whose entries turned up elsewhere.</summary>
internal sealed class ShowHashLists(EgidaDb db, ListKeys keys, TimeProvider clock, IOptions<ListOptions> options)
{
    internal static Task<IResult> Get(CurrentStaff staff, ShowHashLists show, CancellationToken cancellation) =>
        show.Answer(staff, OpenHashList.Input.Empty, [], cancellation);

    public async Task<IResult> Answer(CurrentStaff staff, OpenHashList.Input input, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var signing = await keys.Signing(now, cancellation);
        var partners = await db.Set<HashPartner>().AsNoTracking().ToDictionaryAsync(p => p.Id, cancellation);
        var lists = await db.Set<HashList>().AsNoTracking().ToListAsync(cancellation);
        var versions = (await db.Set<HashListVersion>().AsNoTracking().Where(v => v.RemovedAt == null).ToListAsync(cancellation)).ToLookup(v => v.ListId);
        var had = (await db.Set<HashListDownload>().AsNoTracking().Where(d => d.WholeAt != null).ToListAsync(cancellation)).ToLookup(d => d.ListId);
        var lines = lists.ConvertAll(l => LineOf(l, partners[l.PartnerId], [.. versions[l.Id]], had[l.Id].MaxBy(d => d.Number), signing, now));
        var sightings = (await db.Set<CanarySighting>().AsNoTracking().Where(s => s.SettledAt == null).OrderBy(s => s.FirstAt).ToListAsync(cancellation))
            .ConvertAll(s => Of(s, lines.Single(l => l.List.Id == s.ListId), partners[s.AskedBy]));
        return Page.Of<HashListsPage>(
            new
            {
                Rows = (IReadOnlyList<HashListsPage.Line>)[.. lines.OrderByDescending(l => l.IsUsed).ThenByDescending(l => l.IsOverdue).ThenBy(l => l.Partner.Name, StringComparer.Ordinal).ThenBy(l => l.List.Name, StringComparer.Ordinal)],
                Sightings = (IReadOnlyList<HashListsPage.Sighting>)sightings,
                Keys = (IReadOnlyList<HashListKey>)signing,
                Partners = (IReadOnlyList<HashPartner>)[.. partners.Values.Where(p => p.EndedAt is null).OrderBy(p => p.Name, StringComparer.Ordinal)],
                Form = new HashListsPage.Typed(input.Partner, input.Name, input.Jurisdiction, input.Kinds, input.Classes),
                Staff = staff,
                Errors = errors,
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Pure. What is newer than what they have, and has been there for long enough?</summary>
    internal static bool IsOverdue(IEnumerable<HashListVersion> versions, long? has, DateTime now, TimeSpan after) =>
        versions.Any(v => v.Number > (has ?? 0) && v.MadeAt + after < now);

    private HashListsPage.Line LineOf(HashList list, HashPartner partner, List<HashListVersion> versions, HashListDownload? has, List<HashListKey> signing, DateTime now)
    {
        var full = versions.Where(v => v.IsFull).MaxBy(v => v.Number);
        var delta = versions.Where(v => v.Since == full?.Number && v.Since is not null).MaxBy(v => v.Number);
        var isUsed = list.ClosedAt is null && partner.EndedAt is null;
        return new HashListsPage.Line(list, partner, full, delta, has, isUsed && IsOverdue(versions, has?.Number, now, options.Value.OverdueAfter),
            string.Concat(signing.Select(k => k.Line + "\n")) + $"recipient: {list.Recipient}\n");
    }

    private static HashListsPage.Sighting Of(CanarySighting seen, HashListsPage.Line line, HashPartner askedBy) => new(seen, line.List.Name, line.Partner.Name, askedBy.Name);

    /// <summary>For the duty: lists in use whose partner still has an old version.</summary>
    public static async Task<int> CountOverdue(EgidaDb db, DateTime now, TimeSpan after, CancellationToken cancellation)
    {
        var before = now - after;
        return await db.Set<HashList>().Where(l => l.ClosedAt == null && db.Set<HashPartner>().Any(p => p.Id == l.PartnerId && p.EndedAt == null))
            .CountAsync(l => db.Set<HashListVersion>().Any(v => v.ListId == l.Id && v.RemovedAt == null && v.MadeAt < before
                && !db.Set<HashListDownload>().Any(d => d.ListId == l.Id && d.WholeAt != null && d.Number >= v.Number)), cancellation);
    }
}
