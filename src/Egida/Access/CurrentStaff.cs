using System.Globalization;
using System.Security.Claims;
using Egida.Platform.Actions;

namespace Egida.Access;

/// <summary>The signed-in staff member of this request. Bind it as a handler's parameter.</summary>
public sealed record CurrentStaff(StaffId Id, string DisplayName, IReadOnlySet<Role> Roles)
{
    public const string RoleClaim = "egida:role";

    public const string NameClaim = "egida:name";

    /// <summary>When they signed in, or last proved again that it is them.</summary>
    public DateTime? ProvedAt { get; init; }

    public Actor Actor => Actor.Of(Id);

    public bool Has(Right right) => Roles.Any(role => RightsTable.Holds(role, right));

    public static CurrentStaff? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && StaffId.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new CurrentStaff(id, user.FindFirstValue(NameClaim) ?? "", user.FindAll(RoleClaim).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet())
            {
                ProvedAt = long.TryParse(user.FindFirstValue(StaffSession.ProvedClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var proved)
                    ? DateTimeOffset.FromUnixTimeSeconds(proved).UtcDateTime
                    : null,
            }
            : null;

    public static ValueTask<CurrentStaff> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context.User) ?? throw new InvalidOperationException("This route has no RequireRight: nobody is signed in."));
}
