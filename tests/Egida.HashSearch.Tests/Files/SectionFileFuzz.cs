using System.Buffers.Binary;
using Egida.HashSearch.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Files;

/// <summary>Headers and tables that nobody wrote, with checksums that are right: what is left is to believe no number in them.</summary>
public sealed class SectionFileFuzz : IDisposable
{
    private const int TableAt = 3 * Section.Alignment;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Numbers put at places of the header (0 to 59) or of the two entries of the table.</summary>
    private static Arbitrary<(int At, long Number)[]> Changes =>
        (from at in Gen.OneOf(Gen.Elements(8, 12, 16, 24, 32, 40, 48, 52).Where(at => at != 52),
             Gen.Elements(0, 8, 16, 24, 32, 40, 56, 64).Select(at => TableAt + at))
         from number in Gen.OneOf(
             Gen.Elements(0L, 1, -1, 2, 63, 64, 4095, 4096, 8192, TableAt, TableAt + 80, int.MaxValue, long.MaxValue, long.MinValue, 1L << 32),
             Gen.Choose(int.MinValue, int.MaxValue).Select(number => (long)number * 4096))
         select (at, number)).ArrayOf(2).ToArbitrary();

    [Fact]
    public void A_header_or_table_that_lies_never_leads_outside_the_file() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(Changes, changes =>
        {
            var bytes = Small();
            foreach (var (at, number) in changes) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), number);
            Sign(bytes);
            File.WriteAllBytes(_folder["lie"], bytes);
            try
            {
                using var file = SectionFile.Open(_folder["lie"], "near", 5);
                file.Verify();
                foreach (var name in (string[])["a", "b"])
                {
                    if (file.Has(name)) _ = file.Bytes(name).Length;
                }
                return file.FileLength == bytes.Length;
            }
            catch (IndexFileException)
            {
                return true;
            }
        }));

    [Fact]
    public void Noise_behind_the_magic_is_refused() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Byte.ArrayOf().ToArbitrary(), noise =>
        {
            File.WriteAllBytes(_folder["noise"], [.. Small().AsSpan(0, 8), .. noise]);
            Assert.Throws<IndexFileException>(() => SectionFile.Open(_folder["noise"], "near", 5));
        }));

    /// <summary>Puts the right checksums in.</summary>
    internal static void Sign(byte[] bytes)
    {
        var table = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(40));
        if (table >= 0 && table <= bytes.Length) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(52), Crc32C.Of(bytes.AsSpan((int)table)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
    }

    private byte[] Small()
    {
        using (var writer = new SectionFileWriter(_folder["small"], "near", 5))
        {
            writer.Add("a", [1, 2, 3]);
            writer.Add("b", new byte[100]);
            writer.Commit();
        }
        return File.ReadAllBytes(_folder["small"]);
    }
}
