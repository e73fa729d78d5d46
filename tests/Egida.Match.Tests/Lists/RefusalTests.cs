using System.Security.Cryptography;
using System.Text;

namespace Egida.Match.Tests.Lists;

public sealed class RefusalTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void Every_flipped_bit_of_the_header_is_refused()
    {
        var (path, bytes, note) = Small();
        for (var bit = 0; bit < note * 8; bit++) RequireRefused(path, bytes, bit / 8, (byte)(1 << bit % 8));
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_behind_it_is_refused()
    {
        var (path, bytes, note) = Small();
        for (var at = note; at < bytes.Length; at += at % 4096 < 64 ? 1 : 29) RequireRefused(path, bytes, at, (byte)(1 << at % 8));
        RequireRefused(path, bytes, bytes.Length - 1, 1);
    }

    [Fact]
    public void Every_bit_at_the_begin_and_the_end_of_each_section_and_gap_is_refused()
    {
        var golden = Path.Combine(Here.Folder(), "golden/list-1.egidalist");
        var trust = ListTrust.Read(Path.ChangeExtension(golden, ".key")) with { Clock = _hotline.Clock };
        var (path, bytes) = (_hotline.Folder["golden.list"], File.ReadAllBytes(golden));
        var note = Encoding.ASCII.GetString(bytes);
        var bodyAt = (note.IndexOf('\0', StringComparison.Ordinal) + 4095) / 4096 * 4096;
        var sections = note[..note.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("section: ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')).Select(parts => (From: bodyAt + int.Parse(parts[2]), Length: int.Parse(parts[3]))).ToList();
        Assert.Equal(11, sections.Count);
        var places = sections.SelectMany(section => (int[])[section.From, section.From + 1, section.From + section.Length - 2, section.From + section.Length - 1, section.From + section.Length, section.From - 1])
            .Append(bytes.Length - 1).Where(at => at < bytes.Length).Distinct();
        foreach (var bit in places.SelectMany(at => Enumerable.Range(at * 8, 8))) RequireRefused(path, bytes, bit / 8, (byte)(1 << bit % 8), trust);
    }

    [Fact]
    public void A_list_that_two_keys_have_signed_is_taken_by_who_has_either_and_a_false_line_of_a_trusted_key_refuses_it()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var next = new ListSigner("hotline.example/lists", other);
        using var writer = new ListWriter(Hotline.Header());
        writer.Add(Hotline.Record(1));
        writer.Save(_hotline.Folder["two.list"], _hotline.Signer, next);

        KnownList.Open(_hotline.Trust, _hotline.Folder["two.list"]).Dispose();
        KnownList.Open(_hotline.Trust with { Key = next.Key }, _hotline.Folder["two.list"]).Dispose();
        KnownList.Open(_hotline.Trust with { NextKey = next.Key }, _hotline.Folder["two.list"]).Dispose();
        File.WriteAllLines(_hotline.Folder["key"], [$"{_hotline.Signer.Key}", $"{next.Key}", "recipient: laboratory.example"]);
        Assert.Equal($"{next.Key}", $"{ListTrust.Read(_hotline.Folder["key"]).NextKey}");

        // The second line with the bytes of the first: the old key alone can't see it, who trusts both does.
        var bytes = File.ReadAllBytes(_hotline.Folder["two.list"]);
        var end = Encoding.UTF8.GetString(bytes, 0, 4096).IndexOf('\0', StringComparison.Ordinal);
        bytes[end - 12] = bytes[end - 12] == (byte)'A' ? (byte)'B' : (byte)'A';
        File.WriteAllBytes(_hotline.Folder["two.list"], bytes);
        KnownList.Open(_hotline.Trust, _hotline.Folder["two.list"]).Dispose();
        Assert.Equal(ListProblem.Damaged, Hotline.Refused(_hotline.Trust with { NextKey = next.Key }, _hotline.Folder["two.list"]));
    }

    [Fact]
    public void A_list_that_ends_early_or_goes_on_is_refused()
    {
        var (path, bytes, _) = Small();
        foreach (var length in (int[])[0, 1, 10, 100, 200, 1000, 4095, 4096, bytes.Length - 1])
        {
            File.WriteAllBytes(path, bytes[..length]);
            _hotline.Refused(path);
        }
        File.WriteAllBytes(path, [.. bytes, 0]);
        Assert.Equal(ListProblem.Damaged, _hotline.Refused(path));
    }

    [Fact]
    public void Something_else_is_not_a_list()
    {
        var path = _hotline.Folder["picture.list"];
        File.WriteAllBytes(path, [0x89, .. "PNG and so on"u8]);
        Assert.Equal(ListProblem.NotAList, _hotline.Refused(path));
        File.WriteAllText(path, "egida-list/2\nseries: x\n");
        Assert.Equal(ListProblem.NewerVersion, _hotline.Refused(path));
    }

    [Fact]
    public void A_list_signed_by_another_key_is_refused_even_under_the_same_name()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = _hotline.Write(Hotline.Header(), [Hotline.Record(1)], new ListSigner("hotline.example/lists", key));

        Assert.Equal(ListProblem.WrongSigner, _hotline.Refused(path));
    }

    [Fact]
    public void A_list_for_somebody_else_is_refused()
    {
        var path = _hotline.Write(Hotline.Header() with { Recipient = "provider.example" }, [Hotline.Record(1)]);

        Assert.Equal(ListProblem.WrongRecipient, _hotline.Refused(path));
    }

    [Fact]
    public void A_list_past_its_time_isnt_opened_and_stops_answering()
    {
        var path = _hotline.Write(Hotline.Header(), [Hotline.Record(1)]);
        using var list = _hotline.Open(path);
        Assert.Single(list.Find(Hotline.Record(1).Md5[0]));

        _hotline.Clock.Now = list.ValidUntil;
        Assert.Equal(ListProblem.Expired, Assert.Throws<ListRefusedException>(() => list.Find(Hotline.Record(1).Md5[0])).Problem);
        Assert.Equal(ListProblem.Expired, Assert.Throws<ListRefusedException>(() => list.FindNear([Hotline.Record(1).Pdq[0]])).Problem);
        Assert.Equal(ListProblem.Expired, _hotline.Refused(path));
    }

    [Fact]
    public void A_list_from_the_future_says_that_the_clock_is_wrong()
    {
        var path = _hotline.Write(Hotline.Header(), [Hotline.Record(1)]);
        _hotline.Clock.Now = Hotline.Today.AddDays(-2);

        Assert.Equal(ListProblem.FromTheFuture, _hotline.Refused(path));
    }

    [Fact]
    public void An_old_list_in_place_of_a_newer_one_is_refused()
    {
        var (one, two) = (_hotline.Write(Hotline.Header(1), [Hotline.Record(1)]), _hotline.Write(Hotline.Header(2), [Hotline.Record(2)]));
        var trust = _hotline.Trust with { Seen = new SeenLists(_hotline.Folder["state/seen"]) };

        KnownList.Open(trust, one).Dispose();
        KnownList.Open(trust, two).Dispose();
        KnownList.Open(trust, two).Dispose();
        Assert.Equal(2, trust.Seen.NewestOf("hotline.example/known"));
        Assert.Equal(ListProblem.Replayed, Hotline.Refused(trust, one));
    }

    [Fact]
    public void Two_lists_of_one_number_are_not_both_right()
    {
        var (one, other) = (_hotline.Write(Hotline.Header(1), [Hotline.Record(1)]), _hotline.Write(Hotline.Header(1), [Hotline.Record(2)]));
        var trust = _hotline.Trust with { Seen = new SeenLists(_hotline.Folder["seen"]) };

        KnownList.Open(trust, one).Dispose();
        Assert.Equal(ListProblem.Replayed, Hotline.Refused(trust, other));
    }

    [Fact]
    public void A_list_that_isnt_there_is_an_error_of_the_file_system() =>
        Assert.Throws<FileNotFoundException>(() => _hotline.Open(_hotline.Folder["nothing.list"]));

    private (string Path, byte[] Bytes, int NoteLength) Small()
    {
        var path = _hotline.Write(Hotline.Header() with { Kinds = ListKinds.Md5 }, [Hotline.Record(1), Hotline.Record(2)], 3);
        var bytes = File.ReadAllBytes(path);
        return (path, bytes, Encoding.ASCII.GetString(bytes).IndexOf('\0', StringComparison.Ordinal));
    }

    private void RequireRefused(string path, byte[] bytes, int at, byte mask, ListTrust? trust = null)
    {
        bytes[at] ^= mask;
        // Without a lock: a process that another test is just starting may hold the file open for a moment.
        using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)) file.Write(bytes);
        bytes[at] ^= mask;
        try
        {
            using var list = KnownList.Open(trust ?? _hotline.Trust, path);
            Assert.Fail($"a flipped bit in byte {at} went unseen");
        }
        catch (ListRefusedException)
        {
            // As it has to be.
        }
    }
}
