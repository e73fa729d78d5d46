using System.Text.Json;
using Egida.HashBank.Index.Digests;

namespace Egida.HashBank.Index;

/// <summary>Which bank an index on disk follows, from which points of its history, and which segments it consists of. Replaced in one step.</summary>
/// <param name="Version">Of the files. One of another version is made again.</param>
/// <param name="Witnesses">Up to their changes everything is on the disk.</param>
/// <param name="Highest">The highest record number that was followed: above it a record can't be in the index yet.</param>
internal sealed record IndexManifest(int Version, Guid Bank, DigestSecret Secret, IReadOnlyList<Witness> Witnesses, int Highest, IReadOnlyList<string> Digests)
{
    public const int Current = 3;

    private const string Name = "index.json";

    public static IndexManifest Empty(Guid bank) => new(Current, bank, DigestSecret.New(), [], 0, []);

    /// <returns>Null where there is none, or none that can be read: then the index is built again.</returns>
    public static IndexManifest? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<IndexManifest>(File.ReadAllBytes(path)) is { Version: Current, Witnesses: not null, Digests: not null } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>From here on nothing in the folder is believed.</summary>
    public static void Forget(string folder) => File.Delete(Path.Combine(folder, Name));

    public void Write(string folder)
    {
        var (path, draft) = (Path.Combine(folder, Name), Path.Combine(folder, Name + ".new"));
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
