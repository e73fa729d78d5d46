using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Platform.Fetching;

namespace Egida.Tracing.Rdap;

/// <summary>What a second source says of who takes complaints about an address.</summary>
/// <param name="Mail">Null when it knows nobody, or gave no answer: then <paramref name="Problem"/> says why.</param>
public sealed record AbuseContactAnswer(string Server, string? Mail, string? Problem)
{
    public byte[]? Raw { get; init; }

    public byte[]? Hash => Raw is null ? null : SHA256.HashData(Raw);
}

/// <summary>
/// Asks RIPE's finder of abuse contacts (abuse-c, `https://rest.db.ripe.net/abuse-contact/{address}.json`), within the same bounds as a registry. A second opinion:
/// nothing waits for it.
/// </summary>
internal sealed class AbuseContacts(TracingOptions options, NetworkGuard guard, TimeProvider clock) : IDisposable
{
    private readonly HttpClient? http = options.AbuseContacts is { } server ? RdapConnections.Open([server], guard, options.Tls) : null;
    private RdapTransport? transport;

    /// <returns>Null when no such server is set.</returns>
    public async Task<AbuseContactAnswer?> Of(IPAddress address, CancellationToken cancellation)
    {
        if (http is null)
        {
            return null;
        }

        transport ??= new RdapTransport(http, clock, options.RdapTimeout);
        return await transport.Get(new Uri(options.AbuseContacts!, $"./{address}.json"), cancellation) switch
        {
            RdapTransport.Reply.Body body => Read(body),
            RdapTransport.Reply.NotFound nothing => new AbuseContactAnswer(nothing.Server, null, "abuse-contact-none"),
            RdapTransport.Reply.Failed failed => new AbuseContactAnswer(failed.Server, null, failed.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public void Dispose() => http?.Dispose();

    internal static AbuseContactAnswer Read(RdapTransport.Reply.Body body)
    {
        var mail = Mail(body.Bytes);
        return new AbuseContactAnswer(body.Server, mail, mail is null ? "abuse-contact-unreadable" : null) { Raw = body.Bytes };
    }

    /// <summary>`{"abuse-contacts": {"email": "…"}}`</summary>
    private static string? Mail(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("abuse-contacts", out var contacts) && contacts.ValueKind == JsonValueKind.Object
                && contacts.TryGetProperty("email", out var email) && email.ValueKind == JsonValueKind.String
                ? RdapEntities.PlainMail(email.GetString()!.Trim())
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
