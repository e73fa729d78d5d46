using Egida.Platform.Database;

namespace Egida.HashBank;

/// <summary>One record of the national hash database: one item, many hashes.</summary>
public readonly record struct HashRecordId(Guid Value) : IId<HashRecordId>
{
    public static HashRecordId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashRecordId id) => Id.TryParse(text, out id);

    /// <summary>What the log files its acts under.</summary>
    public string Subject => $"hash-record:{Value}";

    public override string ToString() => Value.ToString();
}
