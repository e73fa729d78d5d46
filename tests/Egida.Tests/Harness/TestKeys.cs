using System.Security.Cryptography;
using Egida.Evidence;

namespace Egida.Tests.Harness;

/// <summary>The one slow key of an installation, made once a test run: an RSA key takes most of a second.</summary>
internal static class TestKeys
{
    private static readonly Lazy<byte[]> Intake = new(() =>
    {
        using var made = RSA.Create(3072);
        return made.ExportPkcs8PrivateKey();
    });

    public static void Put(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(folder, $"{CaptureItem.IntakeKeyName}.p8");
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, Intake.Value);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
