using System.Security.Cryptography;

namespace Egida.Match.Tests.Lists;

public sealed class KeyTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void A_key_is_read_as_it_was_written()
    {
        var key = ListKey.Parse($" {_hotline.Signer.Key}\n");

        Assert.Equal((_hotline.Signer.Key.Name, _hotline.Signer.Key.ToString()), (key.Name, key.ToString()));
        using var list = KnownList.Open(_hotline.Trust with { Key = key }, _hotline.Write(Hotline.Header(), [Hotline.Record(1)]));
    }

    [Fact]
    public void A_key_with_a_misprint_is_refused()
    {
        var text = _hotline.Signer.Key.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            // Another name is another key; everything else is covered by the key's id.
            if (i < _hotline.Signer.Key.Name.Length) continue;
            var misprint = text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..];
            var refusal = Record.Exception(() => ListKey.Parse(misprint));
            Assert.True(refusal is FormatException, $"{misprint}: {refusal}");
        }
        Assert.Throws<FormatException>(() => ListKey.Parse(""));
        Assert.Throws<FormatException>(() => ListKey.Parse("a+b"));
    }

    [Fact]
    public void OpenSSL_finds_the_signature_of_a_list_right()
    {
        // What another implementation needs: the note's text, the key's SPKI, the signature in DER.
        var note = File.ReadAllText(_hotline.Write(Hotline.Header(), []), System.Text.Encoding.UTF8);
        var (text, line) = (note[..(note.IndexOf("\n\n\u2014 ", StringComparison.Ordinal) + 1)], note.Split("\n\n\u2014 ")[1].Split('\n')[0]);
        var signature = Convert.FromBase64String(line.Split(' ')[1])[4..];
        File.WriteAllText(_hotline.Folder["text"], text);
        File.WriteAllBytes(_hotline.Folder["signature"], signature);
        File.WriteAllBytes(_hotline.Folder["key"], Convert.FromBase64String(_hotline.Signer.Key.ToString().Split('+', 3)[2])[1..]);

        using var openssl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("openssl",
            ["dgst", "-sha256", "-verify", _hotline.Folder["key"], "-keyform", "DER", "-signature", _hotline.Folder["signature"], _hotline.Folder["text"]])
        { RedirectStandardOutput = true })!;
        Assert.Equal("Verified OK", openssl.StandardOutput.ReadToEnd().Trim());
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Throws<ArgumentException>(() => new ListSigner("hotline.example/lists", key));
        Assert.Throws<ArgumentException>(() => new ListSigner("two words", key));
    }

    [Fact]
    public void The_file_of_a_recipient_has_the_key_and_a_name()
    {
        var path = _hotline.Folder["key"];
        File.WriteAllLines(path, ["# from the hotline, by hand", $"{_hotline.Signer.Key}", "recipient: laboratory.example"]);
        Assert.Equal("laboratory.example", ListTrust.Read(path).Recipient);

        File.WriteAllLines(path, [$"{_hotline.Signer.Key}"]);
        Assert.Contains("recipient: NAME", Assert.Throws<FormatException>(() => ListTrust.Read(path)).Message, StringComparison.Ordinal);
        Assert.Equal("other.example", ListTrust.Read(path, "other.example").Recipient);

        File.WriteAllLines(path, [$"{_hotline.Signer.Key}", $"{_hotline.Signer.Key}x"]);
        Assert.Throws<FormatException>(() => ListTrust.Read(path));
    }
}
