using System.Buffers.Binary;
using System.IO.Compression;
using Egida.Platform.Web;

namespace Egida.Tests.Platform.Web;

/// <summary>The fonts are cut down to what is written here: this finds the letter that somebody adds and the font lacks.</summary>
public class FontTests
{
    private const string Polish = "AaĄąBbCcĆćDdEeĘęFfGgHhIiJjKkLlŁłMmNnŃńOoÓóPpQqRrSsŚśTtUuVvWwXxYyZzŹźŻż";
    private const string Ukrainian = "АаБбВвГгҐґДдЕеЄєЖжЗзИиІіЇїЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЬьЮюЯя’";

    [Theory]
    [InlineData("inter-400.woff2")]
    [InlineData("inter-600.woff2")]
    public void The_font_has_every_letter_of_the_alphabets_and_of_every_text(string font)
    {
        var covered = CoveredBy(new WebAssets().Content(font));
        var texts = Texts.FromAssembly(typeof(Texts).Assembly);
        var needed = (Polish + Ukrainian + "0123456789 .,:;!?()[]/%+-–—…„”“«»§@#&×·→←↑↓▲")
            .Concat(Texts.Languages.SelectMany(l => texts.Keys.SelectMany(k => texts.Get(l, k))))
            .Where(c => !char.IsControl(c))
            .Distinct();

        Assert.All(needed, c => Assert.Contains(c, covered));
    }

    /// <summary>Reads the character map out of a WOFF 2.0 file (W3C Recommendation, sections 4 and 5): the `cmap` table is stored untransformed.</summary>
    private static HashSet<char> CoveredBy(byte[] woff2)
    {
        var tables = BinaryPrimitives.ReadUInt16BigEndian(woff2.AsSpan(12));
        var at = 48;
        var start = 0;
        (int Start, int Length) cmap = default;
        for (var table = 0; table < tables; table++)
        {
            var flags = woff2[at++];
            var (known, transform) = (flags & 0x3F, flags >> 6);
            if (known == 63)
            {
                at += 4;
            }

            var length = Base128(woff2, ref at);
            // 10 = glyf, 11 = loca: transformed in version 0; all others in any other version.
            if (known is 10 or 11 ? transform == 0 : transform != 0)
            {
                length = Base128(woff2, ref at);
            }

            if (known == 0)
            {
                cmap = (start, length);
            }

            start += length;
        }

        using var stream = new BrotliStream(new MemoryStream(woff2, at, woff2.Length - at), CompressionMode.Decompress);
        var all = new byte[start];
        stream.ReadExactly(all);
        return Characters(all.AsSpan(cmap.Start, cmap.Length));
    }

    /// <summary>The segments of the format 4 subtable (OpenType, `cmap`).</summary>
    private static HashSet<char> Characters(ReadOnlySpan<byte> cmap)
    {
        var found = new HashSet<char>();
        for (var record = 0; record < BinaryPrimitives.ReadUInt16BigEndian(cmap[2..]); record++)
        {
            var table = cmap[(int)BinaryPrimitives.ReadUInt32BigEndian(cmap[(8 + (record * 8))..])..];
            if (BinaryPrimitives.ReadUInt16BigEndian(table) != 4)
            {
                continue;
            }

            var twice = BinaryPrimitives.ReadUInt16BigEndian(table[6..]);
            for (var segment = 0; segment < twice; segment += 2)
            {
                var last = BinaryPrimitives.ReadUInt16BigEndian(table[(14 + segment)..]);
                var first = BinaryPrimitives.ReadUInt16BigEndian(table[(16 + twice + segment)..]);
                for (int character = first; character <= last && character < 0xFFFF; character++)
                {
                    found.Add((char)character);
                }
            }
        }

        return found;
    }

    private static int Base128(byte[] bytes, ref int at)
    {
        var value = 0;
        while (true)
        {
            var part = bytes[at++];
            value = (value << 7) | (part & 0x7F);
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
