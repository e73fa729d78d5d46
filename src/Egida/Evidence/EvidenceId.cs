using Egida.Platform.Database;

namespace Egida.Evidence;

/// <summary>One sealed object.</summary>
public readonly record struct EvidenceId(Guid Value) : IId<EvidenceId>
{
    public static EvidenceId From(Guid value) => new(value);

    public static bool TryParse(string? text, out EvidenceId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}
