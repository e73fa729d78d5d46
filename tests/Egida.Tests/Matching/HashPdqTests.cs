using Egida.Matching;
using Egida.Tests.Platform.Sandboxing;

namespace Egida.Tests.Matching;

public class HashPdqTests
{
    [Fact]
    public async Task The_golden_pictures_get_the_references_values_through_the_sandbox()
    {
        var folder = HostileFiles.GoldenFolder();
        var expected = File.ReadLines(Path.Combine(folder, "expected.csv")).Select(line => line.Split(','))
            .Where(cells => cells[0] == "file" || File.Exists(Path.Combine(folder, cells[0])))
            .Select(cells => $"{cells[0]},{cells[3]},{cells[4]}").ToList();
        using StringWriter output = new(), errors = new();

        var code = await HashPdq.Run([.. expected.Skip(1).Select(line => Path.Combine(folder, line.Split(',')[0]))], new(Csv: true), output, errors, CancellationToken.None);

        Assert.Equal(expected, output.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal("", errors.ToString());
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task With_the_turned_and_mirrored_hashes_it_is_the_references_table()
    {
        var folder = HostileFiles.GoldenFolder();
        var expected = File.ReadLines(Path.Combine(folder, "expected.csv")).Select(line => line.Split(','))
            .Where(cells => cells[0] == "file" || File.Exists(Path.Combine(folder, cells[0])) && cells[7].Length > 0)
            .Select(cells => string.Join(',', [cells[0], cells[3], cells[4], .. cells[7..15]])).ToList();
        using StringWriter output = new(), errors = new();

        await HashPdq.Run([.. expected.Skip(1).Select(line => Path.Combine(folder, line.Split(',')[0]))], new(Csv: true, Dihedral: true), output, errors, CancellationToken.None);

        Assert.Equal(expected, output.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public async Task For_reading_each_turn_has_a_line_with_its_name()
    {
        using StringWriter output = new(), errors = new();

        await HashPdq.Run([Path.Combine(HostileFiles.GoldenFolder(), "004-text-64x64.png")], new(Csv: false, Dihedral: true), output, errors, CancellationToken.None);

        Assert.Equal(
            ["004-text-64x64.png", "rot0", "rot90", "rot180", "rot270", "flipx", "flipy", "flipplus", "flipminus"],
            output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public async Task A_file_that_can_not_be_hashed_is_named_with_the_reason_and_the_others_are_printed()
    {
        var folder = Directory.CreateTempSubdirectory("egida-hash-pdq");
        var (good, page, absent) = (Path.Combine(folder.FullName, "a \"quoted\", name.png"), Path.Combine(folder.FullName, "page.jpg"), Path.Combine(folder.FullName, "absent.png"));
        await File.WriteAllBytesAsync(good, HostileFiles.Golden("004-text-64x64.png"));
        await File.WriteAllTextAsync(page, "<html></html>");
        using StringWriter output = new(), errors = new();

        var code = await HashPdq.Run([page, good, absent], new(Csv: true), output, errors, CancellationToken.None);
        folder.Delete(recursive: true);

        Assert.Equal(
            ["file,pdq,quality", "\"a \"\"quoted\"\", name.png\",79cde43d26404752b2d832d817d8b4d8966053c099bfb6d8cd2fc99be966e3c0,100"],
            output.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal([$"{page}: files of type Html are not decoded", $"{absent}: Could not find file '{absent}'."], errors.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Of_a_file_that_ends_early_the_value_is_printed_and_its_doubt_beside_it()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("egida-hash-pdq").FullName, "half.png");
        var whole = HostileFiles.Landscape();
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);
        using StringWriter output = new(), errors = new();

        await HashPdq.Run([file], new(Csv: true), output, errors, CancellationToken.None);

        Assert.StartsWith("half.png,", output.ToString().Split(Environment.NewLine)[1], StringComparison.Ordinal);
        Assert.Equal($"{file}: decoded as far as it goes: the file is damaged or ends early", errors.ToString().TrimEnd());
    }
}
