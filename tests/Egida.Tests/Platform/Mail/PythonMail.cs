using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Egida.Tests.Platform.Mail;

/// <summary>Python's `email` package as an independent reader of what we compose.</summary>
internal static class PythonMail
{
    private const string Script = """
        import email, email.policy, json, sys
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
        def part(p):
            return {"type": p.get_content_type(), "name": p.get_filename(), "encoding": p.get("Content-Transfer-Encoding"),
                    "charset": p.get_content_charset(), "params": dict(p["Content-Type"].params),
                    "text": None if p.is_multipart() and p.get_content_maintype() == "multipart" else (p.get_payload(decode=True) or p.as_bytes()).decode("utf-8")}
        print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "defects": [type(d).__name__ for d in m.defects],
                          "type": m.get_content_type(), "params": dict(m["Content-Type"].params),
                          "parts": [part(p) for p in (m.get_payload() if m.get_content_maintype() == "multipart" else [m])]}))
        """;

    public static JsonNode Read(byte[] message)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        python.StandardInput.BaseStream.Write(message);
        python.StandardInput.Close();
        var json = python.StandardOutput.ReadToEnd();
        var errors = python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors);
        return JsonNode.Parse(json)!;
    }

    public static string Header(this JsonNode mail, string name) =>
        mail["headers"]!.AsArray().Where(h => h![0]!.GetValue<string>() == name).Select(h => h![1]!.GetValue<string>()).Single();

    public static IReadOnlyList<string> HeaderNames(this JsonNode mail) => [.. mail["headers"]!.AsArray().Select(h => h![0]!.GetValue<string>())];
}
