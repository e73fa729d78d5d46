using System.Net;
using System.Text.Json;

namespace Egida.Tracing.Rdap;

/// <summary>What a registry says of the network that an address belongs to (RFC 9083 §5.4).</summary>
/// <param name="Holder">The registrant's name.</param>
internal sealed record RdapNetwork(
    string? Handle, string? Name, string? Country, long? Asn, string? Holder, string? AbuseMail, IPAddress? First, IPAddress? Last)
{
    /// <summary>Further abuse mailboxes in the same answer, one a line: the registry contradicts itself.</summary>
    public string? OtherAbuseMails { get; init; }

    public string? Range => First is null || Last is null ? null : $"{First} – {Last}";

    /// <returns>Null when it isn't an answer about a network.</returns>
    public static RdapNetwork? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "objectClassName") is { } kind && kind != "ip network")
            {
                return null;
            }

            var entities = RdapEntities.Within(root);
            var mails = RdapEntities.Mails(entities, "abuse");
            var network = new RdapNetwork(
                Text(root, "handle"), Text(root, "name"), CountryRanges.Code(Text(root, "country")), AutonomousSystem(root),
                RdapEntities.Name(entities, "registrant"), mails.FirstOrDefault(), Address(root, "startAddress"), Address(root, "endAddress"))
            {
                OtherAbuseMails = mails.Count > 1 ? string.Join('\n', mails.Skip(1)) : null,
            };
            return network.Handle is null && network.First is null ? null : network;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that isn't UTF-8, noticed only when it is read.
            return null;
        }
    }

    internal static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()?.Trim() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, 200)]
            : null;

    private static IPAddress? Address(JsonElement root, string name) => IPAddress.TryParse(Text(root, name), out var address) ? address : null;

    /// <summary>Registries that tell the origin of a network do so in extensions: ARIN in numbers, LACNIC in texts.</summary>
    private static long? AutonomousSystem(JsonElement root)
    {
        foreach (var name in new[] { "arin_originas0_originautnums", "lacnic_originAutnum", "nicbr_autnum" })
        {
            if (root.TryGetProperty(name, out var value) && Number(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault() : value) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private static long? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) && number is > 0 and <= uint.MaxValue => number,
        JsonValueKind.String when uint.TryParse(value.GetString()!.TrimStart('A', 'S', 'a', 's'), out var number) => number,
        _ => null,
    };
}
