using Egida.Access;
using Egida.Platform.Web;

namespace Egida.Contacts;

/// <summary>Who is written to: the police unit, approved providers, sister hotlines.</summary>
internal static class ShowContacts
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/contacts")
        .MapGet("", (ContactBook contacts) => Page.Of<ContactsPage>(new { Contacts = contacts }))
        .RequireRight(Right.SeeContacts);
}
