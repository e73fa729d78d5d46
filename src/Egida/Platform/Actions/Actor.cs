using Egida.Platform.Database;

namespace Egida.Platform.Actions;

public readonly record struct StaffId(Guid Value) : IId<StaffId>
{
    public static StaffId From(Guid value) => new(value);

    public static bool TryParse(string? text, out StaffId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Who acts: a staff member, somebody from the public (never named), or a part of the system.</summary>
public sealed record Actor
{
    private Actor(string name, StaffId? staff) => (Name, Staff) = (name, staff);

    public string Name { get; }

    public StaffId? Staff { get; }

    public static Actor Public { get; } = new("public", null);

    public static Actor System(string part) => new($"system:{part}", null);

    public static Actor Of(StaffId staff) => new($"staff:{staff}", staff);

    public override string ToString() => Name;
}
