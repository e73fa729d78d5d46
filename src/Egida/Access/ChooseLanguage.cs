using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record LanguageChosen(StaffId StaffId, string Language) : DomainEvent;

/// <summary>Somebody chooses the language of their pages, on every device, from the next page on.</summary>
internal static class ChooseLanguage
{
    public static readonly ActionKind Kind = new("access.choose-language");

    /// <summary>POST /staff/me/language</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? language, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        if (language is null || !Texts.Languages.Contains(language))
        {
            return Problems.Page(http, StatusCodes.Status400BadRequest);
        }

        var member = await db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        if (member.Language != language)
        {
            var action = actions.Begin(Kind, staff.Actor, $"staff:{staff.Id}");
            member.Language = language;
            action.Emit(new LanguageChosen(staff.Id, language));
            await action.Commit(cancellation);
        }

        // What this browser was told before would win over it.
        http.Response.Cookies.Delete(StaffChoices.LanguageCookie, new CookieOptions { Path = "/staff" });
        return TypedResults.LocalRedirect("/staff/me");
    }
}
