using Egida.Access;
using Egida.Contacts.Desks;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Contacts;

/// <summary>Who is written to: the police unit, approved providers, sister hotlines; and the desks that registries named, those that wait for a person first.</summary>
internal static class ShowContacts
{
    private const int MostDesks = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/contacts").MapGet("", Handle).RequireRight(Right.SeeContacts);

    private static async Task<RazorComponentResult> Handle(ContactBook contacts, EgidaDb db, CancellationToken cancellation)
    {
        var waiting = await db.Set<AbuseDesk>().AsNoTracking().Where(d => d.State == DeskState.Proposed).OrderBy(d => d.ProposedAt).Take(MostDesks).ToListAsync(cancellation);
        var decided = await db.Set<AbuseDesk>().AsNoTracking().Where(d => d.State != DeskState.Proposed).OrderByDescending(d => d.DecidedAt).Take(MostDesks).ToListAsync(cancellation);
        return Page.Of<ContactsPage>(new { Contacts = contacts, Desks = (IReadOnlyList<AbuseDesk>)[.. waiting, .. decided] });
    }
}
