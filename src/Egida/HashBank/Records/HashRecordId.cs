using Egida.Platform.Database;

namespace Egida.HashBank;

/// <summary>One record of the national hash database: one item, many hashes. A number, because of forty million records every byte counts four times.</summary>
public readonly record struct HashRecordId(int Value) : INumber<HashRecordId>
{
    public static HashRecordId From(int value) => new(value);

    public static bool TryParse(string? text, out HashRecordId id)
    {
        var parsed = int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        id = new HashRecordId(number);
        return parsed;
    }

    /// <summary>What the log files its acts under.</summary>
    public string Subject => $"hash-record:{ToString()}";

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
