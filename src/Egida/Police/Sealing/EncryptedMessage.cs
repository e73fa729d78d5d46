using System.Security.Cryptography;

namespace Egida.Police.Sealing;

/// <summary>
/// CMS EnvelopedData (RFC 5652 §6) for one recipient, AES-256-CBC, written in one pass: what is poured in is in memory a piece at a time and on disk
/// never. Without <see cref="Finish"/> nobody can open it.
/// </summary>
internal sealed class EncryptedMessage : WriteOnly
{
    private const string EnvelopedData = "1.2.840.113549.1.7.3";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";

    private readonly Stream target;
    private readonly BerOctets octets;
    private readonly CryptoStream cipher;
    private readonly Aes aes = Aes.Create();

    public EncryptedMessage(Stream target, Recipient recipient)
    {
        this.target = target;
        aes.KeySize = 256;
        var key = aes.Key;
        var wrapped = recipient.Wrap(key);
        CryptographicOperations.ZeroMemory(key);
        target.Write(Ber.Sequence);
        target.Write(Ber.Oid(EnvelopedData));
        target.Write(Ber.Tagged0);
        target.Write(Ber.Sequence);
        target.Write(Ber.Encode(w => w.WriteInteger(wrapped.Version)));
        target.Write(Ber.Encode(w =>
        {
            using (w.PushSetOf())
            {
                w.WriteEncodedValue(wrapped.Encoded);
            }
        }));
        target.Write(Ber.Sequence);
        target.Write(Ber.Oid(Ber.Data));
        target.Write(Ber.Encode(w => w.Algorithm(Aes256Cbc, p => p.WriteOctetString(aes.IV))));
        target.Write(Ber.Tagged0);
        octets = new BerOctets(target);
        cipher = new CryptoStream(octets, aes.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => cipher.Write(buffer);

    public void Finish()
    {
        cipher.FlushFinalBlock();
        octets.Finish();
        // The content, EncryptedContentInfo, EnvelopedData, its tag, ContentInfo.
        for (var open = 0; open < 5; open++)
        {
            target.Write(Ber.End);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            aes.Dispose();
        }

        base.Dispose(disposing);
    }
}
