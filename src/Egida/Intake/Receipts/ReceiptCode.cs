using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Egida.Intake.Receipts;

/// <summary>
/// The reporter's key to their answer: 39 random decimal digits (more than 2^129 possibilities) and a check digit, read aloud as ten groups of four.
/// Digits, because they are the same in Polish, English and Ukrainian over the phone. Stored only as <see cref="Hash"/>.
/// </summary>
public sealed record ReceiptCode
{
    public const int Digits = 40;

    private static readonly BigInteger Range = BigInteger.Pow(10, Digits - 1);

    private readonly string digits;

    private ReceiptCode(string digits) => this.digits = digits;

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes($"egida receipt\n{digits}"));

    public IReadOnlyList<string> Groups => [.. digits.Chunk(4).Select(group => new string(group))];

    public string Reveal() => string.Join(' ', Groups);

    public override string ToString() => "[receipt code]";

    /// <summary>
    /// The code of one sent form: derived, so that sending the same form twice shows the same code although it is stored nowhere.
    /// Neither the key nor the database alone, nor both together, give it: the nonce exists only in the reporter's form.
    /// </summary>
    public static ReceiptCode Of(byte[] key, ReadOnlySpan<byte> formNonce)
    {
        // 512 bits modulo 10^39: the bias is below 2^-380.
        var number = new BigInteger(HMACSHA512.HashData(key, formNonce), isUnsigned: true, isBigEndian: true) % Range;
        var random = number.ToString(CultureInfo.InvariantCulture).PadLeft(Digits - 1, '0');
        return new ReceiptCode(random + Damm.CheckDigit(random));
    }

    /// <summary>Reads what somebody typed: any grouping, spaces, dashes, any script's digits.</summary>
    public static ReceiptReading Read(string? typed)
    {
        var read = new string([.. (typed ?? "").Take(400)
            .Select(CharUnicodeInfo.GetDecimalDigitValue)
            .Where(value => value >= 0)
            .Select(value => (char)('0' + value))]);
        return read.Length != Digits ? new ReceiptReading.WrongLength(read.Length)
            : Damm.Holds(read) ? new ReceiptReading.Good(new ReceiptCode(read))
            : new ReceiptReading.Typo();
    }
}

public abstract record ReceiptReading
{
    private ReceiptReading()
    {
    }

    public sealed record Good(ReceiptCode Code) : ReceiptReading;

    /// <summary>A digit is wrong or two are swapped: found without looking anything up.</summary>
    public sealed record Typo : ReceiptReading;

    public sealed record WrongLength(int Digits) : ReceiptReading;
}
