using System.Text.Json;

namespace Egida.HashBank.Index;

/// <summary>Which bank an index on disk follows, up to which change, and which segments it consists of. Replaced in one step.</summary>
/// <param name="Highest">The highest record number that was followed: above it a record can't be in the index yet.</param>
internal sealed record IndexManifest(
    Guid Bank, long Followed, int Highest, IReadOnlyList<string> Md5, IReadOnlyList<string> Sha1, IReadOnlyList<string> Sha256, IReadOnlyList<string> Others)
{
    private const string Name = "index.json";

    public static IndexManifest Empty(Guid bank) => new(bank, 0, 0, [], [], [], []);

    /// <returns>Null where there is none, or none that can be read: then the index is built again.</returns>
    public static IndexManifest? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<IndexManifest>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

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
