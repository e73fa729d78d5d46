using System.CommandLine;
using System.Security.Cryptography;

namespace Egida.Match.Tool.Verbs;

/// <summary>Makes a key pair to sign lists with.</summary>
internal static class MakeKeyVerb
{
    public static Command Command()
    {
        var name = new Option<string>("--name") { Description = "The signer's name, such as hotline.example/lists", Required = true, HelpName = "NAME" };
        var file = new Option<string>("--out") { Description = "Where the private key goes; readable by you alone", Required = true, HelpName = "FILE" };
        var command = new Command("make-key", "Make a key pair to sign lists with; what recipients need of it is printed") { name, file };
        command.SetAction(arguments => Failures.Report(() =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var signer = new ListSigner(arguments.GetRequiredValue(name), key);
            var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var pem = new StreamWriter(arguments.GetRequiredValue(file), open)) pem.WriteLine(key.ExportPkcs8PrivateKeyPem());
            Console.WriteLine(signer.Key);
            return Task.FromResult(ExitCodes.NothingKnown);
        }));
        return command;
    }
}
