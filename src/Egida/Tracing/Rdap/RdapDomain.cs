using System.Text.Json;

namespace Egida.Tracing.Rdap;

/// <summary>What a registry says of a registered name (RFC 9083 §5.3), as far as it leads to somebody who can act: the registrar.</summary>
/// <param name="RegistrarMail">The registrar's own abuse desk. Who holds the name isn't read: nobody here needs it.</param>
internal sealed record RdapDomain(string Name, string? Registrar, string? RegistrarMail)
{
    /// <returns>Null when it isn't an answer about that name.</returns>
    public static RdapDomain? Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || RdapNetwork.Text(root, "objectClassName") is { } kind && kind != "domain"
                || !string.Equals(RdapNetwork.Text(root, "ldhName")?.TrimEnd('.'), name, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            var entities = RdapEntities.Within(root);
            var desks = RdapEntities.WithRole(entities, "registrar").SelectMany(RdapEntities.Within);
            return new RdapDomain(name, RdapEntities.Name(entities, "registrar"), RdapEntities.Mails(desks, "abuse").FirstOrDefault());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that isn't UTF-8, noticed only when it is read.
            return null;
        }
    }
}
