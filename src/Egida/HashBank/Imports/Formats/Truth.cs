using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>Yes or no, as programs write it.</summary>
internal static class Truth
{
    /// <returns>Null if it is neither.</returns>
    public static bool? Of(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);
        return text.Length switch
        {
            1 when text[0] is (byte)'y' or (byte)'Y' or (byte)'t' or (byte)'T' or (byte)'1' => true,
            1 when text[0] is (byte)'n' or (byte)'N' or (byte)'f' or (byte)'F' or (byte)'0' => false,
            2 when Ascii.EqualsIgnoreCase(text, "no"u8) => false,
            3 when Ascii.EqualsIgnoreCase(text, "yes"u8) => true,
            4 when Ascii.EqualsIgnoreCase(text, "true"u8) => true,
            5 when Ascii.EqualsIgnoreCase(text, "false"u8) => false,
            _ => null,
        };
    }
}
