using System.Text;

namespace Egida.Match.Tool.Files;

/// <summary>A path as the kernel has it: bytes. A name that isn't UTF-8 is a name like any other, and no way to escape a scan.</summary>
internal sealed class RawPath(byte[] bytes)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    public static RawPath Of(string path) => new(Encoding.UTF8.GetBytes(path));

    public RawPath Child(byte[] name) => new([.. bytes, .. (ReadOnlySpan<byte>)(bytes is [.., (byte)'/'] ? [] : "/"u8), .. name]);

    /// <summary>For calls of the kernel: with a zero at the end.</summary>
    public byte[] Terminated() => [.. bytes, 0];

    /// <summary>As it is reported.</summary>
    public override string ToString() => PathText.Of(bytes);

    /// <summary>The order of a walk: a folder's content where the folder is.</summary>
    /// <returns>Negative, zero or positive.</returns>
    public int OrderAgainst(RawPath other)
    {
        var one = Bytes;
        var two = other.Bytes;
        var same = one.CommonPrefixLength(two);
        if (same == one.Length || same == two.Length) return one.Length.CompareTo(two.Length);
        return Rank(one[same]) - Rank(two[same]);
    }

    private static int Rank(byte value) => value == '/' ? 0 : value;
}
