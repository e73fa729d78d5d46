using System.Security.Cryptography;
using Egida.Platform.Sandboxing;

namespace Egida.Match.Tool.Verbs;

/// <summary>What went wrong, in a sentence and an exit code.</summary>
internal static class Failures
{
    public static async Task<int> Report(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return Say("interrupted.", ExitCodes.Interrupted);
        }
        catch (ListRefusedException e)
        {
            return Say(e.Message, ExitCodes.ListRefused);
        }
        catch (CryptographicException)
        {
            return Say("the signing key can't be read: it should be the file that make-key made.", ExitCodes.Usage);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or UsageException or ArgumentException or InvalidOperationException)
        {
            return Say(e.Message, ExitCodes.Usage);
        }
        catch (Exception e)
        {
            // No exception may end the process with a code that means something was found.
            return Say(e is IOException or UnauthorizedAccessException or SandboxUnavailableException ? e.Message : $"broke off: {e}", ExitCodes.BrokeOff);
        }
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"egida-match: {message}");
        return code;
    }
}
