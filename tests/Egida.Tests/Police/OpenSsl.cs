using System.Diagnostics;

namespace Egida.Tests.Police;

/// <summary>Somebody else's program as a judge of ours.</summary>
internal static class OpenSsl
{
    /// <summary>It must accept.</summary>
    public static string Run(params string[] arguments)
    {
        var (code, output) = Try("openssl", arguments);
        Assert.True(code == 0, output);
        return output;
    }

    public static (int Code, string Output) Try(string program, string[] arguments, string? folder = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
