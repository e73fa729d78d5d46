namespace Egida.HashBank.Partners.Ranges;

/// <summary>What partners get who look up privately, in JSON.</summary>
internal static class RangeMessages
{
    /// <param name="Of">The present one first.</param>
    public sealed record Epochs([property: System.Text.Json.Serialization.JsonPropertyName("epochs")] IReadOnlyList<Epoch> Of);

    /// <param name="Number">For the address of a range.</param>
    /// <param name="Until">It answers until then.</param>
    public sealed record Epoch([property: System.Text.Json.Serialization.JsonPropertyName("epoch")] int Number, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Kind> Kinds);

    /// <param name="Name">md5, sha1 or sha256.</param>
    /// <param name="Key">Of HMAC-SHA-256, in hex.</param>
    /// <param name="Digits">Hexadecimal digits of a prefix.</param>
    /// <param name="Lines">Of every range.</param>
    /// <param name="Change">The bank's change number that the ranges were made at.</param>
    public sealed record Kind([property: System.Text.Json.Serialization.JsonPropertyName("kind")] string Name, string Key, int Digits, int Lines, long Change);
}
