using System.Text;

namespace Egida.HashSearch.Files;

/// <summary>Names of sections and kinds in a file: 1 to 16 printable ASCII characters, zeros behind.</summary>
internal static class SectionName
{
    public const int Length = 16;

    public static void Write(string name, Span<byte> field)
    {
        if (name.Length is 0 or > Length || name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"'{name}' is no name for a section: it takes 1 to {Length} printable ASCII characters.", nameof(name));
        field[..Length].Clear();
        Encoding.ASCII.GetBytes(name, field);
    }

    public static bool TryRead(ReadOnlySpan<byte> field, out string name)
    {
        var text = field[..Length].TrimEnd((byte)0);
        var isName = text.Length > 0 && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        name = isName ? Encoding.ASCII.GetString(text) : "";
        return isName;
    }
}
