using System.Security.Cryptography;
using System.Text.Json;

namespace Egida.Simulators;

/// <summary>A picture whose hash the demo puts into the hash bank, and where in the world it (or a near copy) can be met.</summary>
public sealed record KnownPicture(string File, string Md5, string Sha1, string Sha256, string Likeness, string SeenAt);

/// <summary>Writes the originals of the known pictures to `known/` in the state folder, with `known/list.json`.</summary>
public sealed class KnownPictures
{
    internal KnownPictures(string stateFolder, IEnumerable<DemoPage> pages)
    {
        Folder = Path.Combine(stateFolder, "known");
        ListFile = Path.Combine(Folder, "list.json");
        Directory.CreateDirectory(Folder);
        var items = new List<KnownPicture>
        {
            Write("walk-exact.png", Scene.Png(NamedSites.ExactSeed, 640, 480), "exact", "http://galeria.example/media/known-exact.png"),
            Write("walk-near.png", Scene.Png(NamedSites.NearSeed, 640, 480), "near", "http://galeria.example/media/known-near.jpg"),
        };
        items.AddRange(pages.SelectMany(page => page.Pictures).Where(picture => picture.Known)
            .Select(picture => Write($"demo-{picture.Seed}.png", Resource.Picture(picture.Seed).Body, "exact", picture.Url)));
        Items = items;
        File.WriteAllText(ListFile, JsonSerializer.Serialize(items, WorldJson.Options));
    }

    public string Folder { get; }
    public string ListFile { get; }
    public IReadOnlyList<KnownPicture> Items { get; }

    private KnownPicture Write(string name, byte[] picture, string likeness, string seenAt)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllBytes(file, picture);
        return new KnownPicture(
            file,
            Convert.ToHexStringLower(MD5.HashData(picture)),
            Convert.ToHexStringLower(SHA1.HashData(picture)),
            Convert.ToHexStringLower(SHA256.HashData(picture)),
            likeness,
            seenAt);
    }
}
