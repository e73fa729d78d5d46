using System.Security.Cryptography;
using Egida.Platform;

namespace Egida.Police;

/// <summary>Where the encrypted packages lie, a file for each part. Nothing unencrypted ever does.</summary>
internal sealed class PackageFolder(IConfiguration configuration)
{
    private readonly string folder = DataFolder.Of(configuration, "packages");

    /// <summary>A new file for a part in the making; an earlier try of it is overwritten. <see cref="Keep"/> makes it the part.</summary>
    public FileStream Begin(PolicePackageId id, int part) => new(DraftOf(id, part), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);

    /// <summary>Whole and on disk when this returns. Its name has its digest: whoever builds the same part at the same time, with another key, takes nothing away.</summary>
    public void Keep(PolicePackageId id, int part, string sha256, FileStream draft)
    {
        draft.Flush(flushToDisk: true);
        File.Move(DraftOf(id, part), PathOf(id, part, sha256), overwrite: true);
        draft.Dispose();
    }

    public void Forget(PolicePackageId id, int part) => File.Delete(DraftOf(id, part));

    /// <returns>The part's file, checked against what was sealed, at its beginning; null when it isn't there or isn't the one.</returns>
    public async Task<FileStream?> Open(PolicePackagePart part, CancellationToken cancellation)
    {
        FileStream file;
        try
        {
            var path = PathOf(part.PackageId, part.Ordinal, part.Sha256);
            // Packages of earlier versions have no digest in their names.
            file = new FileStream(File.Exists(path) ? path : $"{StemOf(part.PackageId, part.Ordinal)}.p7m", FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        if (file.Length == part.Size && Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)) == part.Sha256)
        {
            file.Position = 0;
            return file;
        }

        await file.DisposeAsync();
        return null;
    }

    private string StemOf(PolicePackageId id, int part) => Path.Combine(folder, part == 1 ? $"{id.Value:N}" : $"{id.Value:N}-{part}");

    private string PathOf(PolicePackageId id, int part, string sha256) => $"{StemOf(id, part)}-{sha256}.p7m";

    private string DraftOf(PolicePackageId id, int part) => $"{StemOf(id, part)}.p7m.draft";
}
