using System.Formats.Asn1;

namespace Egida.Police.Sealing;

/// <summary>
/// What the framework's writer can't make: BER whose lengths aren't known beforehand (X.690 §8.1.3.6), so that a CMS message of any size is written
/// in one pass. Everything else is DER.
/// </summary>
internal static class Ber
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>SEQUENCE of indefinite length.</summary>
    public static ReadOnlySpan<byte> Sequence => [0x30, 0x80];

    /// <summary>[0], constructed, of indefinite length.</summary>
    public static ReadOnlySpan<byte> Tagged0 => [0xA0, 0x80];

    /// <summary>OCTET STRING in pieces.</summary>
    public static ReadOnlySpan<byte> Octets => [0x24, 0x80];

    /// <summary>Ends whatever of indefinite length was begun last.</summary>
    public static ReadOnlySpan<byte> End => [0x00, 0x00];

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    public static byte[] Oid(string oid) => Encode(w => w.WriteObjectIdentifier(oid));

    /// <summary>AlgorithmIdentifier; without parameters when <paramref name="parameters"/> is null.</summary>
    public static void Algorithm(this AsnWriter writer, string oid, Action<AsnWriter>? parameters = null)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            parameters?.Invoke(writer);
        }
    }

    /// <summary>IssuerAndSerialNumber (RFC 5652 §10.2.4).</summary>
    public static void IssuerAndSerial(this AsnWriter writer, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(certificate.IssuerName.RawData);
            writer.WriteInteger(certificate.SerialNumberBytes.Span);
        }
    }
}
