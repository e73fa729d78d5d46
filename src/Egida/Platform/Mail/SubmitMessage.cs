using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Egida.Platform.Mail;

/// <summary>
/// Hands one composed message to the mail server through msmtp as a child process: settings by arguments, no configuration file read,
/// the message on standard input. Tells apart accepted, refused and unknown.
/// </summary>
public sealed class SubmitMessage(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int MaxMessage = 1 << 20;
    private const int MaxTranscript = 4 << 20;
    private const string PasswordVariable = "EGIDA_SMTP_PASSWORD";
    private const string SizeVariable = "EGIDA_MESSAGE_BYTES";
    private const int NotFound = 127;

    // If we are killed while we write, msmtp would take the end of its input for the end of the message and send half a letter, or an empty one. So it is started only when all
    // of the message is there: in a file in memory that has no name any more.
    private const string WholeOrNothing = """
        umask 077
        message=$(mktemp -p /dev/shm egida.XXXXXXXX 2>/dev/null || mktemp) || exit 75
        exec 3<>"$message"
        rm -f -- "$message"
        cat >&3
        [ "$(stat -Lc %s /proc/self/fd/3)" = "$EGIDA_MESSAGE_BYTES" ] || exit 75
        exec "$0" "$@" </proc/self/fd/3 3<&-
        """;

    public async Task<SubmissionOutcome> Submit(byte[] message, MailBox from, MailBox to, CancellationToken cancellation)
    {
        var settings = options.Value;
        if (settings.Problem() is not null)
        {
            return new SubmissionOutcome.Refused(Permanent: false, null, "smtp-settings-refused");
        }

        if (message.Length > MaxMessage)
        {
            return new SubmissionOutcome.Refused(Permanent: true, null, "smtp-message-over-1-mib");
        }

        using var process = new Process { StartInfo = Whole(StartInfo(settings, from, to), message.Length) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new SubmissionOutcome.Refused(Permanent: false, null, "smtp-submitter-missing");
        }

        // From here on a cancelled or killed run leaves the outcome unknown, never lost: the attempt was recorded before.
        using var deadline = new CancellationTokenSource(settings.Timeout * 6, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            var transcript = Lines(process.StandardOutput, stop.Token);
            var errors = Lines(process.StandardError, stop.Token);
            await Feed(process, message, stop.Token);
            var lines = await transcript;
            await errors;
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == NotFound ? new SubmissionOutcome.Refused(Permanent: false, null, "smtp-submitter-missing") : SmtpTranscript.Read(lines, process.ExitCode);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidDataException)
        {
            process.Kill(entireProcessTree: true);
            return new SubmissionOutcome.Unknown("smtp-took-too-long");
        }
    }

    internal static ProcessStartInfo StartInfo(MailOptions settings, MailBox from, MailBox to)
    {
        var start = new ProcessStartInfo(settings.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "--file=/dev/null", "--debug", $"--host={settings.SmtpHost}", $"--port={settings.SmtpPort.ToString(CultureInfo.InvariantCulture)}",
            $"--timeout={((int)settings.Timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture)}", $"--domain={from.Domain}", $"--from={from.Address}",
            .. settings.Tls
                ? ["--tls=on", $"--tls-starttls={(settings.SmtpPort == 465 ? "off" : "on")}", $"--tls-trust-file={(settings.TlsTrustFile is { Length: > 0 } file ? file : "system")}"]
                : (string[])["--tls=off"],
            .. settings.User is { Length: > 0 } user ? ["--auth=on", $"--user={user}", $"--passwordeval=printenv {PasswordVariable}"] : (string[])["--auth=off"],
            "--", to.Address,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (settings.Password is { Length: > 0 } password)
        {
            start.Environment[PasswordVariable] = password;
        }

        return start;
    }

    /// <summary>The same program, that begins only when so many bytes have come; with fewer it never does.</summary>
    internal static ProcessStartInfo Whole(ProcessStartInfo start, int bytes)
    {
        var whole = new ProcessStartInfo("/bin/sh", ["-c", WholeOrNothing, start.FileName, .. start.ArgumentList])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in start.Environment)
        {
            whole.Environment[name] = value;
        }

        whole.Environment[SizeVariable] = bytes.ToString(CultureInfo.InvariantCulture);
        return whole;
    }

    private static async Task Feed(Process process, byte[] message, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(message, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It gave up before reading all (no connection): its transcript and exit code say why.
        }
    }

    private static async Task<List<string>> Lines(StreamReader reader, CancellationToken cancellation)
    {
        var lines = new List<string>();
        for (var size = 0; await reader.ReadLineAsync(cancellation) is { } line; size += line.Length + 1)
        {
            lines.Add(size < MaxTranscript ? line : throw new InvalidDataException("The submitter's transcript is too long."));
        }

        return lines;
    }
}
