using Egida.HashSearch;
using Egida.HashSearch.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Match.Tests.Lists;

public sealed class FindingTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void A_record_is_found_by_each_of_its_hashes_with_what_the_recipient_may_know()
    {
        var record = Hotline.Record(17, "pl:b");
        using var list = _hotline.Open(_hotline.Write(Hotline.Header(), [Hotline.Record(5), record, Hotline.Record(900)]));

        var expected = new KnownMatch { Number = 17, Class = "pl:b", Item = ItemKind.Picture, Flags = RecordFlags.Distributed, By = ListKinds.Md5 };
        Assert.Equal(expected, Assert.Single(list.Find(record.Md5[0])));
        Assert.Equal(expected with { By = ListKinds.Sha1 }, Assert.Single(list.Find(record.Sha1[0])));
        Assert.Equal(expected with { By = ListKinds.Sha256 }, Assert.Single(list.Find(record.Sha256[0])));
        Assert.Equal(expected with { By = ListKinds.Pdq }, Assert.Single(list.FindNear([record.Pdq[0]])));
        Assert.Empty(list.Find(Hotline.Record(18).Md5[0]));
        Assert.Empty(list.FindNear([Hotline.Record(18).Pdq[0]]));
    }

    [Fact]
    public void Whatever_is_written_is_found_and_nothing_else()
    {
        var records = Gen.Choose(1, 40).Select(count => Enumerable.Range(1, count).ToList());
        var shared = Gen.Choose(1, 5);
        Prop.ForAll(Arb.From(records), Arb.From(shared), (numbers, sharing) =>
        {
            // Every so many records share their digests.
            var all = numbers.ConvertAll(number => Hotline.Record(number * 7L) with { Md5 = Hotline.Record(number / sharing).Md5 });
            using var list = _hotline.Open(_hotline.Write(Hotline.Header(), all.OrderByDescending(record => record.Number % 5)));
            foreach (var record in all.Concat([Hotline.Record(3)]))
            {
                Assert.Equal(all.Where(other => other.Md5[0] == record.Md5[0]).Select(other => other.Number).Order(), list.Find(record.Md5[0]).Select(match => match.Number).Order());
                Assert.Equal(all.Where(other => other.Sha256[0] == record.Sha256[0]).Select(other => other.Number), list.Find(record.Sha256[0]).Select(match => match.Number));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Near_pictures_are_found_within_the_radius_each_once_and_the_nearest_turn_first()
    {
        var known = Hotline.Record(1).Pdq[0];
        var (near, nearer) = (Flip(known, 20), Flip(known, 9));
        using var list = _hotline.Open(_hotline.Write(Hotline.Header(), [Hotline.Record(1), Hotline.Record(2)]));

        Hash256[] turns = [~known, near, ~known, nearer, ~known, ~known, ~known, ~known];
        var match = Assert.Single(list.FindNear(turns, radius: 31));
        Assert.Equal((1, 9, Dihedral.Rotate270), (match.Number, match.Distance, match.Turn));
        Assert.Empty(list.FindNear(turns, radius: 8));
    }

    [Fact]
    public void What_the_recipient_isnt_entitled_to_is_not_in_the_file()
    {
        var record = Hotline.Record(1);
        var header = Hotline.Header() with { Kinds = ListKinds.Md5 | ListKinds.Pdq };
        var path = _hotline.Write(header, [record, Hotline.Record(2) with { Md5 = [], Pdq = [] }]);
        using var list = _hotline.Open(path);

        Assert.Equal(1, list.Count);
        Assert.Single(list.Find(record.Md5[0]));
        Assert.Empty(list.Find(record.Sha256[0]));
        var sha = new byte[Sha1Hash.ByteLength];
        record.Sha1[0].CopyTo(sha);
        Assert.Equal(-1, File.ReadAllBytes(path).AsSpan().IndexOf(sha.AsSpan(2)));
    }

    [Fact]
    public void A_clip_of_a_known_video_is_found_by_its_frames()
    {
        var frames = Enumerable.Range(0, 40).Select(second => new VideoFrame(second, second, Hotline.Record(1000 + second).Pdq[0], Quality: 90)).ToList();
        var record = Hotline.Record(77) with { Item = ItemKind.Video, Frames = frames };
        using var list = _hotline.Open(_hotline.Write(Hotline.Header(), [Hotline.Record(5), record]));

        var clip = VideoHash.Of(frames.Skip(10).Take(15).Select(frame => frame with { Seconds = frame.Seconds - 10, Pdq = Flip(frame.Pdq, 12) }));
        var match = Assert.Single(list.Find(clip));
        Assert.Equal((77, ListKinds.Frames, 15), (match.Number, match.By, match.Video!.Value.QueryFound));
        Assert.Empty(list.Find(VideoHash.Of(frames.Select(frame => frame with { Pdq = ~frame.Pdq }))));
    }

    [Fact]
    public void A_list_of_nothing_finds_nothing()
    {
        using var list = _hotline.Open(_hotline.Write(Hotline.Header(), []));

        Assert.Equal(0, list.Count);
        Assert.Empty(list.Find(Hotline.Record(1).Md5[0]));
        Assert.Empty(list.FindNear([Hotline.Record(1).Pdq[0]]));
    }

    private static Hash256 Flip(Hash256 hash, int bits) => Enumerable.Range(0, bits).Aggregate(hash, (flipped, bit) => Some.Flip(flipped, bit * 5));
}
