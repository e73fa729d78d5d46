using System.Text;
using Egida.Police;
using Egida.Simulators;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;

namespace Egida.Tests.Police;

/// <summary>Every outgoing byte of an item's road: mails, time-stamp questions, what the sister hotlines' exchange was told, and the package.</summary>
public sealed class CanaryPictureTests
{
    [Theory, OnBothDatabases]
    public async Task The_pictures_leave_in_the_sealed_package_and_nowhere_else(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await bench.Routed(bench.World.WalkPage);

        await bench.Do("police.build-package", "police.stamp-package", "police.send-mail", SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        var part = Assert.Single(await bench.All<PolicePackagePart>());
        var file = await File.ReadAllBytesAsync(Path.Combine(bench.App.Folder, "packages", $"{part.PackageId.Value:N}-{part.Sha256}.p7m"));
        var opened = OpenedPackage.Open(file, bench.World.Police.KeyFile, Path.Combine(bench.App.Folder, "keys", "police-signing.crt"));
        var pictures = opened.Where(f => f.Key.Contains("/data/objects/", StringComparison.Ordinal) && f.Key.Contains("-media", StringComparison.Ordinal)).Select(f => f.Value).ToList();
        Assert.Equal(3, pictures.Count);
        Assert.Single(bench.World.Mail.Inbox(PoliceOffice.Mail));
        Assert.Single(bench.World.Mail.Inbox("abuse@hosting-pl.example"));

        var rest = opened.Where(f => !f.Key.Contains("/data/objects/", StringComparison.Ordinal)).Select(f => f.Value);
        var left = bench.World.Mail.Mailboxes.SelectMany(bench.World.Mail.Inbox).Select(m => Encoding.Latin1.GetBytes(m.Text))
            .Concat(bench.World.Tsa.Stamped).Append(file).Concat(rest).ToList();
        Assert.All(pictures, picture => Assert.All(Traces(picture), trace => Assert.All(left, bytes => Assert.Equal(-1, bytes.AsSpan().IndexOf(trace)))));
        Assert.Empty(bench.World.Iccam.Reports);
    }

    /// <summary>A piece from the middle as it is, in hex, and in base64 at each of the three places where it may begin.</summary>
    private static IEnumerable<byte[]> Traces(byte[] picture)
    {
        var piece = picture.AsSpan(picture.Length / 2, 48).ToArray();
        yield return piece;
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(piece));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(piece));
        for (var shift = 0; shift < 3; shift++)
        {
            // Twenty-one bytes: short enough for a line of a mail, whatever its beginning.
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(piece, shift, 21));
        }
    }
}
