using System.Security.Cryptography;
using Egida.Platform;

namespace Egida.Police;

/// <summary>Where the encrypted packages lie. Nothing unencrypted ever does.</summary>
internal sealed class PackageFolder(IConfiguration configuration)
{
    private readonly string folder = DataFolder.Of(configuration, "packages");

    /// <summary>Whole and on disk when this returns, or not there at all. An earlier try of the same package is replaced.</summary>
    public void Keep(PolicePackageId id, byte[] encrypted)
    {
        var draft = $"{PathOf(id)}.draft";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                file.Write(encrypted);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, PathOf(id), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <returns>The file, read and checked against what was sealed; null when it isn't there or isn't the one.</returns>
    public async Task<byte[]?> Read(PolicePackage package, CancellationToken cancellation)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(package.Id), cancellation);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == package.Sha256 ? bytes : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(PolicePackageId id) => Path.Combine(folder, $"{id.Value:N}.p7m");
}
