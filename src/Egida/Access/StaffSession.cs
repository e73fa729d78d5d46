using System.Globalization;
using System.Security.Claims;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>At every request the cookie's person is looked up: no longer there, disabled or another stamp, and they are out at once.</summary>
internal static class StaffSession
{
    public const string StampClaim = "egida:stamp";

    /// <summary>When they last showed a way in that is theirs.</summary>
    public const string ProvedClaim = "egida:proved";

    /// <summary>The cookie carries who it is, the stamp and when they proved it; roles are read at every request.</summary>
    public static ClaimsPrincipal Principal(StaffMember staff, DateTimeOffset proved) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, staff.Id.ToString()),
            new Claim(ClaimTypes.Name, staff.UserName ?? ""),
            new Claim(StampClaim, staff.SecurityStamp ?? ""),
            new Claim(ProvedClaim, proved.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        IdentityConstants.ApplicationScheme));

    public static async Task Validate(CookieValidatePrincipalContext context)
    {
        var db = context.HttpContext.RequestServices.GetRequiredService<EgidaDb>();
        var cookie = context.Principal?.Identity as ClaimsIdentity;
        var staff = Guid.TryParse(cookie?.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var id)
            ? await db.Set<StaffMember>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id)
            : null;
        if (cookie is null || staff is null || staff.DisabledAt is not null || staff.SecurityStamp != cookie.FindFirst(StampClaim)?.Value)
        {
            context.RejectPrincipal();
            return;
        }

        var staffId = staff.StaffId;
        var roles = await db.Set<StaffRole>().AsNoTracking().Where(r => r.Staff == staffId).Select(r => r.Role).ToListAsync();
        var now = new ClaimsIdentity(cookie.Claims, cookie.AuthenticationType);
        now.AddClaim(new Claim(CurrentStaff.NameClaim, staff.DisplayName));
        now.AddClaim(new Claim(Words.LanguageClaim, staff.Language));
        now.AddClaims(roles.Select(r => new Claim(CurrentStaff.RoleClaim, r.ToString())));
        context.ReplacePrincipal(new ClaimsPrincipal(now));
    }
}
