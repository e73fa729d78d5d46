using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Egida.Intake.Receipts;
using Egida.Platform.Secrets;

namespace Egida.Intake.Form;

/// <summary>A form's own secret: it can be sent once, and its receipt code is derived from it.</summary>
public sealed record FormNonce(byte[] Bytes, DateTime IssuedAt)
{
    public override string ToString() => "[form nonce]";
}

public abstract record FormTokenReading
{
    private FormTokenReading()
    {
    }

    public sealed record Good(FormNonce Nonce) : FormTokenReading;

    public sealed record Expired : FormTokenReading;

    public sealed record Forged : FormTokenReading;
}

/// <summary>
/// What stands for a session where there are no cookies: a nonce, its time and a signature, carried in a hidden field. Every web process
/// with the same key folder can read it.
/// </summary>
public sealed class FormTokens(KeyFolder keys, TimeProvider clock)
{
    /// <summary>Somebody may put the phone away and finish tomorrow.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int NonceBytes = 32;
    private const int SignedBytes = NonceBytes + sizeof(long);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private readonly byte[] signingKey = keys.Symmetric("form");
    private readonly byte[] receiptKey = keys.Symmetric("receipt");

    public string Issue()
    {
        Span<byte> token = stackalloc byte[SignedBytes + HMACSHA256.HashSizeInBytes];
        RandomNumberGenerator.Fill(token[..NonceBytes]);
        BinaryPrimitives.WriteInt64BigEndian(token[NonceBytes..], clock.GetUtcNow().ToUnixTimeSeconds());
        HMACSHA256.HashData(signingKey, token[..SignedBytes], token[SignedBytes..]);
        return Base64Url.EncodeToString(token);
    }

    public FormTokenReading Read(string? text)
    {
        var token = new byte[SignedBytes + HMACSHA256.HashSizeInBytes];
        if (text is not { Length: 96 } || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length)
        {
            return new FormTokenReading.Forged();
        }

        var signature = HMACSHA256.HashData(signingKey, token.AsSpan(0, SignedBytes));
        if (!CryptographicOperations.FixedTimeEquals(signature, token.AsSpan(SignedBytes)))
        {
            return new FormTokenReading.Forged();
        }

        var issued = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(NonceBytes)));
        var age = clock.GetUtcNow() - issued;
        return age < -ClockDifference ? new FormTokenReading.Forged()
            : age > Life ? new FormTokenReading.Expired()
            : new FormTokenReading.Good(new FormNonce(token[..NonceBytes], issued.UtcDateTime));
    }

    public ReceiptCode ReceiptOf(FormNonce nonce) => ReceiptCode.Of(receiptKey, nonce.Bytes);
}
