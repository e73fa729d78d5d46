using System.Net.Mail;
using System.Text.Json;

namespace Egida.Tracing.Rdap;

/// <summary>
/// The people and desks of an answer. They hang below each other (the abuse desk often below the holder), carry several roles, and keep their
/// names and mails in a jCard (RFC 7095): <c>["vcard", [["fn", {}, "text", "…"], …]]</c>.
/// </summary>
internal static class RdapEntities
{
    private const int MostEntities = 500;
    private const int MostMails = 10;

    private static readonly string[] Withheld = ["redacted", "not disclosed", "please query", "data protected", "withheld", "removed@lacnic.net"];

    /// <summary>All entities, the nearest first.</summary>
    public static IReadOnlyList<JsonElement> Within(JsonElement root)
    {
        var found = new List<JsonElement>();
        var next = new Queue<JsonElement>([root]);
        while (next.TryDequeue(out var element) && found.Count < MostEntities)
        {
            if (element.TryGetProperty("entities", out var below) && below.ValueKind == JsonValueKind.Array)
            {
                foreach (var entity in below.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Take(MostEntities))
                {
                    found.Add(entity);
                    next.Enqueue(entity);
                }
            }
        }

        return found;
    }

    public static string? Name(IEnumerable<JsonElement> entities, string role) =>
        WithRole(entities, role).SelectMany(e => Values(e, "fn").Concat(Values(e, "org"))).Where(IsTold).Select(Cut).FirstOrDefault();

    /// <summary>All mailboxes of that role, the nearest entity's first, each once.</summary>
    public static IReadOnlyList<string> Mails(IEnumerable<JsonElement> entities, string role) =>
        [.. WithRole(entities, role).SelectMany(e => Values(e, "email")).Where(IsTold).Select(PlainMail).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostMails)];

    /// <summary>A mailbox that can be written to as it stands, else null: no display name, no comment, a domain with a dot.</summary>
    internal static string? PlainMail(string text)
    {
        var mail = text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? text["mailto:".Length..] : text;
        var at = mail.LastIndexOf('@');
        return mail.Length <= 254 && at > 0 && mail.IndexOf('.', at) > 0 && mail.All(c => char.IsAscii(c) && !char.IsControl(c) && !"<>(),;:\\\" []".Contains(c, StringComparison.Ordinal))
            && MailAddress.TryCreate(mail, out var parsed) && parsed.Address == mail
            ? mail
            : null;
    }

    public static IEnumerable<JsonElement> WithRole(IEnumerable<JsonElement> entities, string role) => entities.Where(e =>
        e.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
        && roles.EnumerateArray().Any(r => r.ValueKind == JsonValueKind.String && string.Equals(r.GetString(), role, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Values(JsonElement entity, string property)
    {
        if (!entity.TryGetProperty("vcardArray", out var card) || card.ValueKind != JsonValueKind.Array || card.GetArrayLength() < 2
            || card[1].ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return card[1].EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() >= 4
                && item[0].ValueKind == JsonValueKind.String && string.Equals(item[0].GetString(), property, StringComparison.OrdinalIgnoreCase))
            .SelectMany(item => item.EnumerateArray().Skip(3))
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => value.GetString()!.Trim())
            .Where(value => value.Length > 0);
    }

    private static bool IsTold(string value) => !Withheld.Any(w => value.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static string Cut(string value) => value[..Math.Min(value.Length, 200)];
}
