using System.Diagnostics;

namespace Egida.Tests.Harness;

/// <summary>A program run to its end, as an operator would from some other folder.</summary>
internal static class ChildProcess
{
    public static Task<(int Code, string Output)> Egida(string root, params string[] arguments) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "Egida.dll"), .. arguments], root);

    /// <param name="root">What the launcher says about where it lies; null as if there were no launcher.</param>
    public static async Task<(int Code, string Output)> Run(string program, string[] arguments, string? root = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("EGIDA_ROOT");
        if (root is not null)
        {
            start.Environment["EGIDA_ROOT"] = root;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
