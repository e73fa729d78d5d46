using Egida.Platform.Database;

namespace Egida.Intake;

public readonly record struct ReportId(Guid Value) : IId<ReportId>
{
    public static ReportId From(Guid value) => new(value);

    public static bool TryParse(string? text, out ReportId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public readonly record struct ItemId(Guid Value) : IId<ItemId>
{
    public static ItemId From(Guid value) => new(value);

    public static bool TryParse(string? text, out ItemId id) => Id.TryParse(text, out id);

    /// <summary>What actions about an item are filed under in the audit log.</summary>
    public string Subject => $"item:{Value}";

    public override string ToString() => Value.ToString();
}
