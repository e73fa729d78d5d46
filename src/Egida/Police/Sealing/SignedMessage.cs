using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Egida.Police.Sealing;

/// <summary>
/// CMS SignedData (RFC 5652 §5) around its content, written in one pass, with our certificate in it and the time, as our clock had it, under the
/// signature. The attribute that names the certificate is that of RFC 5035.
/// </summary>
internal sealed class SignedMessage : WriteOnly
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningTime = "1.2.840.113549.1.9.5";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    private readonly Stream target;
    private readonly HotlineSeal seal;
    private readonly DateTime at;
    private readonly BerOctets octets;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public SignedMessage(Stream target, HotlineSeal seal, DateTime at)
    {
        (this.target, this.seal, this.at) = (target, seal, at);
        target.Write(Ber.Sequence);
        target.Write(Ber.Oid(SignedData));
        target.Write(Ber.Tagged0);
        target.Write(Ber.Sequence);
        target.Write(Ber.Encode(w => w.WriteInteger(1)));
        target.Write(Ber.Encode(w =>
        {
            using (w.PushSetOf())
            {
                w.Algorithm(Ber.Sha256);
            }
        }));
        target.Write(Ber.Sequence);
        target.Write(Ber.Oid(Ber.Data));
        target.Write(Ber.Tagged0);
        target.Write(Ber.Octets);
        octets = new BerOctets(target);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        hash.AppendData(buffer);
        octets.Write(buffer);
    }

    public void Finish()
    {
        octets.Finish();
        // The string, its tag, EncapsulatedContentInfo.
        End(3);
        target.Write(Ber.Encode(w =>
        {
            using (w.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                w.WriteEncodedValue(seal.Certificate.RawData);
            }
        }));
        target.Write(Ber.Encode(w =>
        {
            using (w.PushSetOf())
            {
                Signer(w, hash.GetCurrentHash());
            }
        }));
        // SignedData, its tag, ContentInfo.
        End(3);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Signer(AsnWriter writer, byte[] digest)
    {
        var attributes = Ber.Encode(w =>
        {
            using (w.PushSetOf())
            {
                Attribute(w, ContentType, v => v.WriteObjectIdentifier(Ber.Data));
                Attribute(w, SigningTime, v => v.WriteUtcTime(new DateTimeOffset(at, TimeSpan.Zero)));
                Attribute(w, MessageDigest, v => v.WriteOctetString(digest));
                Attribute(w, SigningCertificateV2, SigningCertificate);
            }
        });
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.IssuerAndSerial(seal.Certificate);
            writer.Algorithm(Ber.Sha256);
            // What is signed is the SET OF; here it stands under its own tag (§5.4).
            writer.WriteEncodedValue([0xA0, .. attributes.AsSpan(1)]);
            seal.Algorithm(writer);
            writer.WriteOctetString(seal.Sign(attributes));
        }
    }

    private void SigningCertificate(AsnWriter writer)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(seal.Certificate.RawData));
        }
    }

    private static void Attribute(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSetOf())
            {
                value(writer);
            }
        }
    }

    private void End(int open)
    {
        for (; open > 0; open--)
        {
            target.Write(Ber.End);
        }
    }
}
