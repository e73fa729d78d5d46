using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Tests;

/// <summary>Pictures with the values that Meta's C++ reference gives for them; see golden/README.md.</summary>
internal sealed record Golden(string File, Hash256 Pdq, int Quality, PdqResult Shrunk, IReadOnlyList<Hash256> Dihedral)
{
    public static string Folder => Path.Combine(SourceFolder(), "golden");

    public Png Picture() => Png.Read(Path.Combine(Folder, File));

    public static IReadOnlyList<Golden> All() =>
    [
        .. System.IO.File.ReadLines(Path.Combine(Folder, "expected.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => System.IO.File.Exists(Path.Combine(Folder, cells[0])))
            .Select(cells => new Golden(cells[0], Hash256.Parse(cells[3]), int.Parse(cells[4]), new(Hash256.Parse(cells[5]), int.Parse(cells[6])),
                [.. cells[7..15].Where(cell => cell.Length > 0).Select(cell => Hash256.Parse(cell))])),
    ];

    public static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
