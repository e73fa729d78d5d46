using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;

namespace Egida.Access;

/// <summary>
/// Somebody types into the command line (`/`): a screen's name, an item's, a reference, a hash, an address. One hit is opened, several are listed.
/// A form is posted, because what is typed may be an address, and those must not stand in a log or a history.
/// </summary>
internal static class FindAnything
{
    private const int Longest = 2000;

    /// <summary>POST /staff/find</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? q, CurrentStaff staff, EgidaDb db, Words words, IEnumerable<NavigationEntry> screens, IEnumerable<StaffFinder> finders, CancellationToken cancellation)
    {
        var typed = (q ?? "").Trim();
        var found = new List<Found>();
        if (typed.Length is > 0 and <= Longest)
        {
            found.AddRange(screens
                .Where(s => staff.Has(s.Right) && words.OfWord("nav", s.Word).Contains(typed, StringComparison.CurrentCultureIgnoreCase))
                .OrderBy(s => s.Order).Select(s => new Found(s.Word, words.OfWord("nav", s.Word), s.Path)));
            foreach (var finder in finders.Where(f => staff.Has(f.Right)))
            {
                found.AddRange(await finder.Find(db, typed, cancellation));
            }
        }

        return found is [var only] ? TypedResults.LocalRedirect(only.Path) : Page.Of<FoundPage>(new { Hits = found });
    }
}
