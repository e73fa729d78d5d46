using System.IO.Compression;

namespace Egida.Tests.Police;

/// <summary>A file of a package as the police open it: with their key and nothing of ours but the certificate; decrypted and verified by `openssl cms`.</summary>
internal static class OpenedPackage
{
    public static Dictionary<string, byte[]> Open(byte[] encrypted, string keyFile, string sealFile)
    {
        var folder = Directory.CreateTempSubdirectory("egida-police-").FullName;
        File.WriteAllBytes(At("in.p7m"), encrypted);
        OpenSsl.Run("cms", "-decrypt", "-binary", "-inform", "DER", "-in", At("in.p7m"), "-inkey", keyFile, "-out", At("in.p7s"));
        OpenSsl.Run("cms", "-verify", "-binary", "-inform", "DER", "-in", At("in.p7s"), "-CAfile", sealFile, "-no_check_time", "-out", At("out.zip"));
        using var zip = ZipFile.OpenRead(At("out.zip"));
        var files = zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            using var all = new MemoryStream();
            content.CopyTo(all);
            return all.ToArray();
        });
        Directory.Delete(folder, recursive: true);
        return files;

        string At(string name) => Path.Combine(folder, name);
    }
}
