using System.Globalization;
using System.Runtime.CompilerServices;
using Egida.Match.Tool.Verbs;

// In the place of the application's class of this name: there the decoder is a program of its own, here it is this program once more.
namespace Egida.Platform.Sandboxing;

/// <summary>Where the decoder is: this very program, run inside with a verb of its own.</summary>
internal static class SandboxProgram
{
    private const string Inside = "/sandbox";
    private const string Assembly = "egida-match.dll";

    // Compiled ahead of time it is one file and needs nothing. In development it is run by the same .NET as this process.
    private static bool IsOneFile => !RuntimeFeature.IsDynamicCodeSupported;

    private static readonly string s_runtime =
        IsOneFile ? "" : Path.GetFullPath(Path.Combine(RuntimeFolder(), "../../.."));

    public static Confinement Confine(Confinement confinement) => confinement with { Visible = IsOneFile ? [(Environment.ProcessPath!, $"{Inside}/egida-match")] : Development() };

    public static IReadOnlyList<string> Command(string path, long mostPixels) =>
    [
        .. (string[])(IsOneFile ? [$"{Inside}/egida-match"] : [Path.Combine(s_runtime, "dotnet"), $"{Inside}/{Assembly}"]),
        SandboxVerb.Name, path, mostPixels.ToString(CultureInfo.InvariantCulture),
    ];

    private static (string, string)[] Development()
    {
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (!File.Exists(Path.Combine(folder, Assembly))) throw new SandboxUnavailableException($"there is no {Assembly} in '{folder}'");
        string[] runtime = ["dotnet", "host", "shared/Microsoft.NETCore.App", "shared/Microsoft.AspNetCore.App"];
        return [(folder, Inside), .. runtime.Select(part => Path.Combine(s_runtime, part)).Select(path => (path, path))];
    }

    // …/shared/Microsoft.NETCore.App/10.0.1
    private static string RuntimeFolder() => System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
}
