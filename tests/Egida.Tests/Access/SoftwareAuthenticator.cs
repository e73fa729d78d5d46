using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Egida.Tests.Access;

/// <summary>
/// A device with one passkey (WebAuthn level 3: P-256, attestation "none") and the browser before it, written from the standard and not from our code.
/// What a test wants wrong, it sets.
/// </summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; init; } = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = "http://localhost:8480";

    public string RelyingParty { get; set; } = "localhost";

    public bool UserVerified { get; set; } = true;

    public bool CrossOrigin { get; set; }

    /// <summary>Zero, as with passkeys that are kept in several places: those count nothing.</summary>
    public uint Counter { get; set; }

    /// <summary>Whose it says it is: the user handle of the options it was made with.</summary>
    public string UserHandle { get; set; } = "";

    /// <summary>Answers this instead of what was asked.</summary>
    public byte[]? OtherChallenge { get; set; }

    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        UserHandle = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", asked);
        byte[] length = [0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        byte[] data = [.. AuthenticatorData(attested: true), .. new byte[16], .. length, .. CredentialId, .. CoseKey()];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(CredentialId),
            rawId = Base64Url.EncodeToString(CredentialId),
            type = "public-key",
            clientExtensionResults = new { },
            response = new { clientDataJSON = Base64Url.EncodeToString(client), attestationObject = Base64Url.EncodeToString(attestation), transports = new[] { "internal" } },
        });
    }

    public string Get(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", asked);
        var data = AuthenticatorData(attested: false);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return JsonSerializer.Serialize(new
        {
            id = Base64Url.EncodeToString(CredentialId),
            rawId = Base64Url.EncodeToString(CredentialId),
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = UserHandle,
            },
        });
    }

    public void Dispose() => key.Dispose();

    private byte[] ClientData(string type, JsonDocument asked)
    {
        var challenge = OtherChallenge is null ? asked.RootElement.GetProperty("challenge").GetString()! : Base64Url.EncodeToString(OtherChallenge);
        return JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = CrossOrigin });
    }

    private byte[] AuthenticatorData(bool attested)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counter);
        var flags = (byte)(0x01 | (UserVerified ? 0x04 : 0) | (attested ? 0x40 : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty)), flags, .. count];
    }

    /// <summary>RFC 9053: kty EC2, alg ES256, crv P-256, x, y.</summary>
    private byte[] CoseKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
