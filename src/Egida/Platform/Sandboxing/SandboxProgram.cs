using System.Globalization;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// Where the decoder and its runtime are: beside the application, in <c>sandbox/</c>, run by the same .NET as the application.
/// </summary>
internal static class SandboxProgram
{
    private const string Inside = "/sandbox";
    private const string Assembly = "Egida.MediaSandbox.dll";

    // …/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll
    private static readonly string s_runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    public static Confinement Confine(Confinement confinement)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "sandbox");
        if (!File.Exists(Path.Combine(folder, Assembly))) throw new SandboxUnavailableException($"the folder sandbox beside the application has no {Assembly}");
        return confinement with { Visible = [(folder, Inside), .. Runtime()] };
    }

    public static IReadOnlyList<string> Command(string path, long mostPixels) =>
        [Path.Combine(s_runtime, "dotnet"), Path.Combine(Inside, Assembly), path, mostPixels.ToString(CultureInfo.InvariantCulture)];

    private static IEnumerable<(string, string)> Runtime() =>
        new[] { "dotnet", "host", "shared/Microsoft.NETCore.App" }.Select(part => Path.Combine(s_runtime, part)).Select(path => (path, path));
}
