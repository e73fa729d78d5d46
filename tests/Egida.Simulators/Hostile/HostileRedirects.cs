namespace Egida.Simulators;

/// <summary>Answers that lead where a capture must not go, round in circles, or (one of them) well.</summary>
internal static class HostileRedirects
{
    public static IEnumerable<(string Path, HostileAnswer Answer)> All(int canaryPort)
    {
        foreach (var (name, location) in new[]
                 {
                     ("loopback", "http://127.0.0.1/"),
                     ("loopback-https", "https://127.0.0.1/"),
                     ("localhost", "http://localhost/"),
                     ("metadata", "http://169.254.169.254/latest/meta-data/"),
                     ("loopback6", "http://[::1]/"),
                     ("mapped", "http://[::ffff:127.0.0.1]/"),
                     ("nat64", "http://[64:ff9b::7f00:1]/"),
                     ("private", "http://10.0.0.1/"),
                     ("decimal", "http://2130706433/"),
                     ("hexadecimal", "http://0x7f000001/"),
                     ("octal", "http://0177.0.0.1/"),
                     ("name", "http://loopback.example/"),
                     ("rebind", "http://rebind.example/"),
                     ("canary", $"http://127.0.0.1:{canaryPort}/"),
                     ("canary-name", $"http://loopback.example:{canaryPort}/"),
                     ("port", "http://galeria.example:22/"),
                     ("file", "file:///etc/passwd"),
                     ("gopher", "gopher://127.0.0.1:70/"),
                     ("javascript", "javascript:alert(1)"),
                     ("data", "data:text/html,hello"),
                     ("nothing", ""),
                     ("broken", "http://[not an address/"),
                     ("credentials", "http://user:password@galeria.example/albumy/lato?id=7"),
                 })
        {
            yield return ($"/to/{name}", HostileAnswer.Redirect(location));
        }

        yield return ("/loop", HostileAnswer.Redirect("/loop"));
        yield return ("/ping", HostileAnswer.Redirect("/pong"));
        yield return ("/pong", HostileAnswer.Redirect("http://hostile.example/ping"));
        yield return ("/chain", HostileAnswer.Redirect("/chain/2"));
        yield return ("/chain/2", HostileAnswer.Redirect("http://hostile.example/chain/3"));
        yield return ("/chain/3", HostileAnswer.Redirect("http://galeria.example/albumy/lato?id=7"));
        for (var hop = 1; hop < 30; hop++)
            yield return ($"/hops/{hop}", HostileAnswer.Redirect($"/hops/{hop + 1}"));
        yield return ("/hops/30", HostileAnswer.Whole("text/html", () => "<p>thirty hops</p>"u8.ToArray()));
    }
}
