using System.Security.Cryptography;
using Egida.HashSearch;

namespace Egida.Match.Tests.Lists;

/// <summary>Lists as earlier versions wrote them stay readable. A golden file is made once for each version of the format and never again.</summary>
public sealed class GoldenListTests
{
    private static readonly string s_folder = Path.Combine(Here.Folder(), "golden");

    [Fact]
    public void A_list_of_version_1_is_read_as_it_was_written()
    {
        var path = Path.Combine(s_folder, "list-1.egidalist");
        // To make one for a new version, take the older golden file's place in this line and run the test once.
        if (!File.Exists(path)) Make(path);

        var trust = ListTrust.Read(Path.ChangeExtension(path, ".key")) with { Clock = new StoppedClock(Hotline.Today) };
        using var list = KnownList.Open(trust, path);
        Assert.Equal((7, 3, Hotline.Today.AddDays(30)), (list.Number, list.Count, list.ValidUntil));
        Assert.Equal(Hotline.Header(7), list.Headers[0]);

        var match = Assert.Single(list.Find(Md5Hash.Parse("900150983cd24fb0d6963f7d28e17f72")));
        Assert.Equal((42, "pl:a", ItemKind.Picture, RecordFlags.Collides | RecordFlags.Series), (match.Number, match.Class, match.Item, match.Flags));
        Assert.Equal(42, Assert.Single(list.Find(Sha1Hash.Parse("a9993e364706816aba3e25717850c26c9cd0d89d"))).Number);
        Assert.Equal(42, Assert.Single(list.Find(Sha256Hash.Parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))).Number);
        var near = Assert.Single(list.FindNear([Hash256.Parse("d8f8f0cec0f4a84f0637022a278f67f0b36e2ed596621e1d33e6b39c4e9c9b22") /* record 43, one bit off */]));
        Assert.Equal((43, 1, "pl:b"), (near.Number, near.Distance, near.Class));
        var video = VideoHash.Of(Frames());
        Assert.Equal(44, Assert.Single(list.Find(video)).Number);
    }

    private static IEnumerable<VideoFrame> Frames() => Enumerable.Range(0, 8).Select(second => new VideoFrame(second, second, Hotline.Record(500 + second).Pdq[0], Quality: 80));

    private static void Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new ListSigner("hotline.example/lists", key);
        using var writer = new ListWriter(Hotline.Header(7));
        writer.Add(new()
        {
            Number = 42,
            Class = "pl:a",
            Item = ItemKind.Picture,
            Flags = RecordFlags.Collides | RecordFlags.Series,
            // Of the text "abc", as RFC 1321 and FIPS 180 give them.
            Md5 = [Md5Hash.Parse("900150983cd24fb0d6963f7d28e17f72")],
            Sha1 = [Sha1Hash.Parse("a9993e364706816aba3e25717850c26c9cd0d89d")],
            Sha256 = [Sha256Hash.Parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")],
        });
        writer.Add(new() { Number = 43, Class = "pl:b", Pdq = [Hash256.Parse("d8f8f0cec0f4a84f0637022a278f67f0b36e2ed596621e1d33e6b39c4e9c9b23")] });
        writer.Add(new() { Number = 44, Class = "pl:b", Item = ItemKind.Video, Frames = [.. Frames()] });
        writer.Withdraw(45);
        Directory.CreateDirectory(s_folder);
        writer.Save(path, signer);
        File.WriteAllLines(Path.ChangeExtension(path, ".key"), [$"{signer.Key}", "recipient: laboratory.example"]);
    }
}
