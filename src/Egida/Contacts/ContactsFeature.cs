using Egida.Access;
using Egida.Contacts.Desks;
using Egida.Platform;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Contacts;

/// <summary>Providers, police units, sister hotlines.</summary>
public static class ContactsFeature
{
    public static IServiceCollection AddContacts(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(s => ContactBook.Of(s.GetRequiredService<CountryFolder>()))
        .AddSingleton(s => PoliceUnits.Of(s.GetRequiredService<CountryFolder>()))
        .AddSingleton(s => Institution.Of(s.GetRequiredService<CountryFolder>()))
        .AddSingleton(s => Letters.Of(s.GetRequiredService<CountryFolder>()))
        .AddDuty(42, "AbuseDesks", "/staff/contacts", Right.ApproveContact, (db, _, _, cancellation) => db.Set<AbuseDesk>()
            .CountAsync(d => d.State == DeskState.Proposed, cancellation))
        .AddNavigation(150, "Contacts", "/staff/contacts", Right.SeeContacts);

    public static IEndpointRouteBuilder MapContacts(this IEndpointRouteBuilder routes)
    {
        ShowContacts.Map(routes);
        DecideDesk.Map(routes);
        return routes;
    }
}
