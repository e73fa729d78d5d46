using System.Globalization;
using Egida.Decoding;

namespace Egida.Match.Tool.Verbs;

/// <summary>What this program does inside the sandbox: one file in, one record of fixed size out, as <c>Egida.MediaSandbox</c> does.</summary>
internal static class SandboxVerb
{
    public const string Name = "decode-in-sandbox";

    public static int Run(string path, string mostPixels)
    {
        var record = Inspect.File(path, long.Parse(mostPixels, CultureInfo.InvariantCulture));
        using var output = Console.OpenStandardOutput();
        output.Write(record.ToBytes());
        return ExitCodes.NothingKnown;
    }
}
