using System.Buffers;

namespace Egida.HashSearch;

/// <summary>What the hash types have in common: exact lengths, hexadecimal digits of either case in, lower case out.</summary>
internal static class Hex
{
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == 2 * bytes.Length
        && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;

    public static void RequireLength(ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length != length)
            throw new ArgumentException($"A hash of this kind has {length} bytes, not {bytes.Length}.", nameof(bytes));
    }

    public static void RequireRoom(ReadOnlySpan<byte> destination, int length)
    {
        if (destination.Length < length)
            throw new ArgumentException($"The destination needs room for {length} bytes and has {destination.Length}.", nameof(destination));
    }

    // The text itself may be sensitive and is not repeated.
    public static FormatException NotHex(int byteLength) => new($"Expected {2 * byteLength} hexadecimal digits.");
}
