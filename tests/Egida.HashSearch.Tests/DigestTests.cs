using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

public class DigestTests
{
    [Fact]
    public void Digests_of_the_empty_file_read_as_everybody_writes_them()
    {
        Assert.Equal("d41d8cd98f00b204e9800998ecf8427e", Md5Hash.FromBytes(MD5.HashData([])).ToString());
        Assert.Equal("da39a3ee5e6b4b0d3255bfef95601890afd80709", Sha1Hash.FromBytes(SHA1.HashData([])).ToString());
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256Hash.FromBytes(SHA256.HashData([])).ToString());
    }

    [Fact]
    public void Text_and_bytes_give_the_digest_back() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(Sha256Hash.ByteLength).ToArbitrary(), bytes =>
        {
            var (md5, sha1, sha256) = (Md5Hash.FromBytes(bytes[..16]), Sha1Hash.FromBytes(bytes[..20]), Sha256Hash.FromBytes(bytes));
            return md5.ToByteArray().SequenceEqual(bytes[..16]) && Md5Hash.Parse(md5.ToString().ToUpperInvariant()) == md5
                && sha1.ToByteArray().SequenceEqual(bytes[..20]) && Sha1Hash.Parse(sha1.ToString()) == sha1
                && sha256.ToByteArray().SequenceEqual(bytes) && Sha256Hash.Parse(sha256.ToString()) == sha256;
        }));

    [Fact]
    public void One_changed_bit_makes_another_digest() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(Sha256Hash.ByteLength).ToArbitrary(), Gen.Choose(0, 127).ToArbitrary(), (bytes, bit) =>
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            return Md5Hash.FromBytes(bytes[..16]) != Md5Hash.FromBytes(changed[..16])
                && Sha1Hash.FromBytes(bytes[..20]) != Sha1Hash.FromBytes(changed[..20])
                && Sha256Hash.FromBytes(bytes) != Sha256Hash.FromBytes(changed);
        }));

    [Theory]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(0)]
    public void A_digest_of_another_length_is_refused(int length)
    {
        Assert.Throws<ArgumentException>(() => Md5Hash.FromBytes(new byte[length]));
        Assert.Throws<ArgumentException>(() => Sha1Hash.FromBytes(new byte[length]));
        Assert.Throws<ArgumentException>(() => Sha256Hash.FromBytes(new byte[length]));
        Assert.False(Md5Hash.TryParse(new string('0', 2 * length), out _));
        Assert.False(Sha1Hash.TryParse(new string('0', 2 * length), out _));
        Assert.False(Sha256Hash.TryParse(new string('0', 2 * length), out _));
        Assert.Throws<FormatException>(() => Md5Hash.Parse("not a digest"));
    }
}
