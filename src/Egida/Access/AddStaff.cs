using Egida.Platform.Actions;
using Egida.Platform.Database;

namespace Egida.Access;

public sealed record StaffAdded(StaffId StaffId, IReadOnlyList<Role> Roles) : DomainEvent;

/// <summary>The operator takes somebody on, with roles. They come in by a one-time link and then make a passkey.</summary>
public sealed class AddStaff(ActionBook actions, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("access.add-staff");

    public async Task<StaffId> Handle(string displayName, string userName, IReadOnlyList<Role> roles, CancellationToken cancellation)
    {
        var id = Id.New<StaffId>(clock);
        var action = actions.Begin(Kind, Actor.System("operator"), $"staff:{id}");
        action.Db.Add(new StaffMember
        {
            Id = id.Value,
            UserName = userName,
            NormalizedUserName = userName.ToUpperInvariant(),
            DisplayName = displayName,
            SecurityStamp = id.Value.ToString("N"),
        });
        action.Db.AddRange(roles.Distinct().Select(role => new StaffRole { Staff = id, Role = role, Since = action.Now }));
        action.Emit(new StaffAdded(id, roles));
        await action.Commit(cancellation);
        return id;
    }
}
