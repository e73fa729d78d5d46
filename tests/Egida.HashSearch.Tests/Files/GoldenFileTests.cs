using System.Runtime.CompilerServices;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Tests.Files;

/// <summary>Where the files are.</summary>
internal static class GoldenFile
{
    public static string At(string name) => Path.Combine(Path.GetDirectoryName(ThisFile())!, "golden", name);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

/// <summary>Files as earlier versions wrote them. They are never regenerated: what was written once can be read forever.</summary>
public sealed class GoldenFileTests
{
    [Fact]
    public void Container_version_1_is_read()
    {
        using var file = SectionFile.Open(GoldenFile.At("container-1.egida"), "golden", 7);

        file.Verify();
        Assert.Equal(7, file.Version);
        Assert.Equal("Container version 1.\n"u8, file.Bytes("text"));
        Assert.Equal(Enumerable.Range(0, 5000).Select(number => (byte)(number * 7)).ToArray(), file.Bytes("numbers"));
        Assert.True(file.Bytes("nothing").IsEmpty);
    }

    [Fact]
    public void Container_version_1_is_still_written_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new SectionFileWriter(folder["new"], "golden", 7))
        {
            writer.Add("text", "Container version 1.\n"u8);
            writer.Add("nothing", []);
            writer.Add("numbers", [.. Enumerable.Range(0, 5000).Select(number => (byte)(number * 7))]);
            writer.Commit();
        }
        Assert.Equal(File.ReadAllBytes(GoldenFile.At("container-1.egida")), File.ReadAllBytes(folder["new"]));
    }
}
