namespace Egida.Intake.Receipts;

/// <summary>H. M. Damm's check digit (2004): finds every single wrong digit and every swap of neighbours, the slips of reading and typing.</summary>
internal static class Damm
{
    private static readonly string[] Table =
    [
        "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
    ];

    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var interim = '0';
        foreach (var digit in digits)
        {
            interim = Table[interim - '0'][digit - '0'];
        }

        return interim;
    }

    public static bool Holds(ReadOnlySpan<char> digitsWithCheck) => CheckDigit(digitsWithCheck) == '0';
}
