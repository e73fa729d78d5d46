namespace Egida.Platform.Mail;

/// <summary>
/// Reads what `msmtp --debug` wrote: `--&gt; ` what it sent, `&lt;-- ` what the server answered, the message's own lines (dots doubled) behind `--&gt; ` too.
/// So the line `--&gt; .` is the end of the data and nothing else, and no message can fake a server's answer.
/// </summary>
internal static class SmtpTranscript
{
    private const int MaxText = 400;

    public static SubmissionOutcome Read(IEnumerable<string> lines, int exitCode)
    {
        SmtpReply? last = null;
        List<string> open = [];
        var (addressed, ended) = (false, false);
        foreach (var line in lines)
        {
            if (line.StartsWith("--> ", StringComparison.Ordinal))
            {
                addressed |= line.StartsWith("--> MAIL FROM:", StringComparison.OrdinalIgnoreCase);
                ended |= line == "--> .";
                continue;
            }

            if (Reply(line, open) is not { } reply)
            {
                continue;
            }

            last = reply;
            if (ended || (addressed && reply.Code >= 400))
            {
                return Judge(reply);
            }

            if (reply.Code >= 400 && !addressed)
            {
                // Greeting, TLS or sign-in: our own set-up or the server's mood, not this message's fate.
                return new SubmissionOutcome.Refused(Permanent: false, reply, "smtp-server-not-usable");
            }
        }

        // What msmtp thinks is success but didn't show us is not success that we saw.
        return ended || exitCode == 0
            ? new SubmissionOutcome.Unknown("smtp-no-answer-after-data")
            : new SubmissionOutcome.Refused(Permanent: false, last is { Code: >= 400 } ? last : null, Problem(exitCode));
    }

    private static SubmissionOutcome Judge(SmtpReply reply) => reply.Code switch
    {
        >= 200 and < 300 => new SubmissionOutcome.Accepted(reply),
        >= 400 and < 500 => new SubmissionOutcome.Refused(Permanent: false, reply, $"smtp-{reply.Code}"),
        >= 500 and < 600 => new SubmissionOutcome.Refused(Permanent: true, reply, $"smtp-{reply.Code}"),
        _ => new SubmissionOutcome.Unknown("smtp-strange-answer-after-data"),
    };

    /// <summary>A complete reply, or null while its lines go on (`250-…`).</summary>
    private static SmtpReply? Reply(string line, List<string> open)
    {
        if (!line.StartsWith("<-- ", StringComparison.Ordinal) || line.Length < 7 || !int.TryParse(line.AsSpan(4, 3), out var code))
        {
            return null;
        }

        var text = line.Length > 8 ? line[8..] : "";
        open.Add(new string([.. text.Where(c => !char.IsControl(c))]));
        if (line.Length > 7 && line[7] == '-')
        {
            return null;
        }

        var whole = string.Join(' ', open);
        open.Clear();
        return new SmtpReply(code, whole.Length <= MaxText ? whole : whole[..MaxText]);
    }

    // sysexits.h, as msmtp uses them.
    private static string Problem(int exitCode) => exitCode switch
    {
        68 => "smtp-host-unknown",
        75 => "smtp-cannot-connect",
        74 or 76 => "smtp-connection-lost",
        77 or 78 => "smtp-settings-refused",
        _ => $"smtp-submitter-exit-{exitCode}",
    };
}
