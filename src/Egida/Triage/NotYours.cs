using Egida.Access;

namespace Egida.Triage;

/// <summary>Somebody reached for an item that they don't hold: the same answer whether another one holds it, nobody does or it doesn't exist; written in the log.</summary>
public static class NotYours
{
    internal static async Task<IResult> Refuse(HttpContext http, CurrentStaff staff)
    {
        await StaffPages.LogRefusal(http, staff);
        return TypedResults.LocalRedirect("/staff/triage?refused=not-yours");
    }
}
