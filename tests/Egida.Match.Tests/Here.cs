using System.Runtime.CompilerServices;

namespace Egida.Match.Tests;

internal static class Here
{
    /// <summary>The folder of these sources.</summary>
    public static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
