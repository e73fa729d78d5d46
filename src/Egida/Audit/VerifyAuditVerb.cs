using System.CommandLine;
using System.Globalization;
using Egida.Platform.Database;
using Egida.Platform.Verbs;

namespace Egida.Audit;

/// <summary>`egida verify-audit`: recomputes the log and prints its checkpoint, or names the first bad entry (exit 1).</summary>
internal static class VerifyAuditVerb
{
    public static Command Command()
    {
        var against = new Option<FileInfo?>("--checkpoint") { Description = "A checkpoint printed earlier and kept elsewhere: the log must still contain it." };
        var command = new Command("verify-audit", "Recompute the audit log; print its root, or name the first bad entry (exit 1).") { against };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, cancellation) =>
        {
            AuditVerification.Witnessed? witnessed = null;
            if (parse.GetValue(against) is { } file)
            {
                if (!file.Exists || (witnessed = ReadCheckpoint(await File.ReadAllTextAsync(file.FullName, cancellation))) is null)
                {
                    Console.Error.WriteLine($"{file.Name}: not a checkpoint. It must hold the lines that verify-audit printed: origin, size, root.");
                    return 2;
                }
            }

            using var host = WorkVerb.Build(Installation.OrDemo([.. parse.UnmatchedTokens]));
            await Installation.Require(host.Services, cancellation);
            await using var scope = host.Services.CreateAsyncScope();
            var key = scope.ServiceProvider.GetRequiredService<AuditKey>();
            var result = await AuditVerification.Verify(scope.ServiceProvider.GetRequiredService<EgidaDb>(), key.Signing, witnessed, cancellation);
            return result switch
            {
                AuditVerification.Result.Sound sound => Sound(sound, key),
                AuditVerification.Result.Bad bad => Bad(bad),
                _ => throw new InvalidOperationException("unreachable: Result is closed"),
            };
        });
        return command;
    }

    private static int Sound(AuditVerification.Result.Sound sound, AuditKey key)
    {
        Console.Write(Checkpoint.Note(key.Signing, sound.Size, sound.Root, sound.LastSignature));
        Console.Error.WriteLine($"The log is sound: {sound.Size} entries.");
        return 0;
    }

    private static int Bad(AuditVerification.Result.Bad bad)
    {
        Console.WriteLine($"first bad entry: {bad.Seq}");
        Console.Error.WriteLine($"The log is NOT sound. Entry {bad.Seq}: {bad.Why}.");
        return 1;
    }

    internal static AuditVerification.Witnessed? ReadCheckpoint(string text)
    {
        var lines = text.Split('\n');
        var root = new byte[32];
        return lines.Length >= 3 && lines[0] == Checkpoint.Origin
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && Convert.TryFromBase64String(lines[2], root, out var length) && length == 32
            ? new AuditVerification.Witnessed(size, root)
            : null;
    }
}
