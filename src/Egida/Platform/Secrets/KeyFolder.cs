using System.Security.Cryptography;

namespace Egida.Platform.Secrets;

/// <summary>
/// The keys of this installation, one file each, readable only by the owner. A key is made the first time it is asked for;
/// two processes asking at once get the same one. Production points <c>Keys:Folder</c> at a mounted secret or an HSM-backed file system.
/// </summary>
public sealed class KeyFolder(IConfiguration configuration)
{
    private readonly string folder = Create(configuration["Keys:Folder"] ?? DataFolder.Of(configuration, "keys"));

    public string Path => folder;

    /// <summary>32 random bytes.</summary>
    public byte[] Symmetric(string name) => ReadOrMake($"{name}.key", () => RandomNumberGenerator.GetBytes(32));

    /// <summary>An ECDSA P-256 key pair, PKCS#8.</summary>
    public ECDsa Signing(string name)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(ReadOrMake($"{name}.p8", static () =>
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return made.ExportPkcs8PrivateKey();
        }), out _);
        return key;
    }

    /// <summary>An RSA-3072 key pair, PKCS#8.</summary>
    public RSA Decrypting(string name)
    {
        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(ReadOrMake($"{name}.p8", static () =>
        {
            using var made = RSA.Create(3072);
            return made.ExportPkcs8PrivateKey();
        }), out _);
        return key;
    }

    private static string Create(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        var path = System.IO.Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
            using (var stream = new FileStream(draft, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                stream.Write(make());
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return File.ReadAllBytes(path);
    }
}
