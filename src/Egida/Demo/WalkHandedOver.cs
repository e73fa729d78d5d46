using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Access;
using Egida.HashBank;
using Egida.Intake;
using Egida.Police;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>
/// Station 7: police get a mail with a reference and fetch a package that only their key opens; the provider gets a notice that a machine and a
/// person can read, without a picture; a second person confirms the new hash.
/// </summary>
internal static class WalkHandedOver
{
    private const string ProviderDesk = "abuse@hosting-pl.example";

    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.HandedOver, cancellation);
        var package = await walk.Read(db => db.Set<PolicePackage>().AsNoTracking().SingleAsync(p => p.ItemId == walk.Item, cancellation));
        var policeMail = await WaitForMail(walk, walk.Settings.World.PoliceMail, package.Reference, cancellation);
        var host = new Uri(walk.Settings.World.WalkPage).Host;
        Walk.Holds(!policeMail.Says(host), "the mail to the police doesn't say what it is about");
        var files = await Fetch(walk, package, cancellation);
        var notice = await WaitForMail(walk, ProviderDesk, host, cancellation);
        CheckNotice(walk, notice);
        await ConfirmHash(walk, cancellation);
        return $"police: {package.Reference}, a signed, sealed and time-stamped package of {files} files opened with their key; provider: XARF v4 notice without any picture; new hash confirmed";
    }

    private static async Task<WalkMail> WaitForMail(Walk walk, string address, string saying, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if ((await walk.Partners.MailTo(address)).FirstOrDefault(m => m.Says(saying)) is { } mail)
            {
                return mail;
            }

            await Task.Delay(200, cancellation);
        }

        throw new DemoFailedException($"no mail to {address} came within two minutes");
    }

    private static async Task<int> Fetch(Walk walk, PolicePackage package, CancellationToken cancellation)
    {
        using var liaison = await walk.Staff.SignIn(Role.PoliceLiaison, cancellation);
        using (var stranger = new WalkBrowser(walk.Settings.Web))
        {
            await stranger.Open($"/staff/police/{package.Id}/parts/1");
            Walk.Holds(stranger.Path == "/staff/sign-in", "who isn't signed in is sent to sign in");
        }

        var folder = Directory.CreateDirectory(Path.Combine(walk.Settings.Data, "fetched")).FullName;
        string At(string name) => Path.Combine(folder, name);
        await File.WriteAllBytesAsync(At("package.p7m"), await liaison.Download($"/staff/police/{package.Id}/parts/1"), cancellation);
        await File.WriteAllBytesAsync(At("package.tst"), await liaison.Download($"/staff/police/{package.Id}/stamps/1"), cancellation);
        await File.WriteAllBytesAsync(At("hotline.pem"), await liaison.Download("/staff/police/certificate"), cancellation);
        var world = walk.Settings.World;
        await OpenSsl("the time stamp is over this very file", "ts", "-verify", "-token_in", "-in", At("package.tst"), "-data", At("package.p7m"), "-CAfile", world.TimeStampRoot);
        await OpenSsl("openssl opens the package with the police's key", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", At("package.p7m"), "-inkey", world.PoliceKey, "-out", At("package.p7s"));
        await OpenSsl("it is signed by the hotline", "cms", "-verify", "-binary", "-inform", "DER", "-in", At("package.p7s"), "-CAfile", At("hotline.pem"), "-out", At("package.zip"));
        var opened = At("package.zip");

        async Task OpenSsl(string what, params string[] arguments)
        {
            using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            await Task.WhenAll(openssl.StandardError.ReadToEndAsync(cancellation), openssl.StandardOutput.ReadToEndAsync(cancellation));
            await openssl.WaitForExitAsync(cancellation);
            Walk.Holds(openssl.ExitCode == 0, what);
        }

        await using var zip = await ZipFile.OpenReadAsync(opened, cancellation);
        var manifest = zip.Entries.Single(e => e.Name == "manifest-sha256.txt");
        var root = manifest.FullName[..^manifest.Name.Length];
        var lines = (await Content(manifest, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var (hash, path) = (line[..64], line[64..].Trim());
            await using var stream = await (zip.GetEntry(root + path) ?? throw new DemoFailedException($"the package lacks {path}")).OpenAsync(cancellation);
            Walk.Holds(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) == hash, $"{path} has the hash of its manifest");
        }

        return lines.Length;
    }

    private static async Task<string> Content(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        await using var stream = await entry.OpenAsync(cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellation);
    }

    private static void CheckNotice(Walk walk, WalkMail mail)
    {
        Walk.Holds(mail.Raw.Contains("multipart/report", StringComparison.Ordinal), "the notice is a report in parts");
        Walk.Holds(mail.Parts.All(p => p.MediaType is "text/plain" or "application/json" or "message/feedback-report"), "the notice has no part that could be a picture");
        Walk.Holds(mail.Parts.Any(p => p.MediaType == "text/plain" && p.Text.Contains(walk.Settings.World.WalkPage, StringComparison.Ordinal)), "the part for people names the address");
        using var xarf = JsonDocument.Parse(mail.Parts.Single(p => p.MediaType == "application/json").Text);
        var json = xarf.RootElement;
        Walk.Holds(json.GetProperty("category").GetString() == "content" && json.GetProperty("type").GetString() == "csam", "XARF content/csam");
        Walk.Holds(json.GetProperty("url").GetString() == walk.Settings.World.WalkPage, "the exact address (DSA art. 16(2)(b))");
        Walk.Holds(!json.TryGetProperty("_internal", out _) && !json.TryGetProperty("evidence", out _), "nothing internal, no evidence payload");
    }

    /// <summary>The first reader proposed it and can't confirm it; the quality officer can, and then it is used.</summary>
    private static async Task ConfirmHash(Walk walk, CancellationToken cancellation)
    {
        var record = await walk.Read(db => db.Set<HashRecord>().AsNoTracking().SingleAsync(r => db.Set<Statement>().Any(s => s.Id == r.OpenedBy && s.SourceItem == walk.Item), cancellation));
        using var quality = await walk.Staff.SignIn(Role.Quality, cancellation);
        await quality.Open($"/staff/hash-bank/{record.Id}");
        await quality.Submit($"form[action='/staff/hash-bank/{record.Id}/confirm']");
        var after = await walk.Read(db => db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == record.Id, cancellation));
        var people = await walk.Read(db => db.Set<Contribution>().Where(c => c.RecordId == record.Id).Select(c => db.Set<Statement>().Single(s => s.Id == c.StatementId).By).Distinct().CountAsync(cancellation));
        Walk.Holds(after.State == HashRecordState.Confirmed && people == 2, "a second person confirmed the new hash");
    }
}
