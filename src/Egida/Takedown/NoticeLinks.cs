using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Egida.Access;
using Egida.Platform.Secrets;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>
/// A provider's key to the page of one letter: its id, until when, and a signature, so no account and no row. The same letter has the same link each
/// time it is composed, and whoever holds it can answer that letter and nothing else.
/// </summary>
internal sealed class NoticeLinks(KeyFolder keys, IOptions<TakedownOptions> options, PublicSite site, TimeProvider clock)
{
    private const int IdBytes = 16;
    private const int SignedBytes = IdBytes + sizeof(long);
    private const int TokenBytes = SignedBytes + HMACSHA256.HashSizeInBytes;

    private static readonly int TokenLength = Base64Url.GetEncodedLength(TokenBytes);

    private readonly byte[] key = keys.Symmetric("notice-link");

    public abstract record Reading
    {
        private Reading()
        {
        }

        public sealed record Good(NoticeLetterId Letter, DateTime Until) : Reading;

        public sealed record Expired : Reading;

        public sealed record Forged : Reading;
    }

    /// <summary>Null: this installation has no address that a provider could open.</summary>
    public Uri? To(NoticeLetter letter, string language) =>
        (options.Value.Page ?? site.Url) is { } page ? new Uri(page, $"{language}/notice/{TokenOf(letter)}") : null;

    public DateTime Until(NoticeLetter letter) => letter.CreatedAt + options.Value.LinkLife;

    public string TokenOf(NoticeLetter letter)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        letter.Id.Value.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[IdBytes..], new DateTimeOffset(Until(letter)).ToUnixTimeSeconds());
        HMACSHA256.HashData(key, token[..SignedBytes], token[SignedBytes..]);
        return Base64Url.EncodeToString(token);
    }

    public Reading Read(string text)
    {
        var token = new byte[TokenBytes];
        if (text.Length != TokenLength || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != TokenBytes
            || !CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, token.AsSpan(0, SignedBytes)), token.AsSpan(SignedBytes)))
        {
            return new Reading.Forged();
        }

        var until = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(IdBytes)));
        return clock.GetUtcNow() <= until
            ? new Reading.Good(new NoticeLetterId(new Guid(token.AsSpan(0, IdBytes), bigEndian: true)), until.UtcDateTime)
            : new Reading.Expired();
    }
}
