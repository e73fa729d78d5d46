using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Lists;

public sealed class HashListWriterTests
{
    private static readonly Hash256 s_pdq = Hash256.Parse("c6be25a5fa181aed94f3f10fd985d82bd4236a48060de738db7a55a01d8c6e35");
    private static readonly Md5Hash s_md5 = Md5Hash.Parse("d41d8cd98f00b204e9800998ecf8427e");

    private static string Written(HashListForm form, Action<HashListWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new HashListWriter(stream, form)) write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void Each_form_looks_as_the_fields_tools_write_it()
    {
        Assert.Equal($"{s_pdq},a.jpg\n{s_md5}\n", Written(HashListForm.Bare, writer =>
        {
            writer.Add(s_pdq, "a.jpg");
            writer.Add(s_md5);
        }));
        Assert.Equal($"hash={s_pdq},ä,b\n", Written(HashListForm.Prefixed, writer => writer.Add(s_pdq, "ä,b")));
        Assert.Equal($"pdq {s_pdq}\nvideo_md5 {s_md5}\nsha1 {default(Sha1Hash)}\nsha256 {default(Sha256Hash)}\n", Written(HashListForm.WithSignalType, writer =>
        {
            writer.Add(s_pdq);
            writer.Add(s_md5);
            writer.Add(default(Sha1Hash));
            writer.Add(default(Sha256Hash));
        }));
        var vector = OpaqueVector144.FromBytes(new byte[144]);
        Assert.Equal($"photodna {vector}\n", Written(HashListForm.WithSignalType, writer => writer.Add(vector)));
        Assert.Equal($"{vector},name\n", Written(HashListForm.Bare, writer => writer.Add(vector, "name")));
    }

    [Fact]
    public void What_is_written_is_read() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(20).ArrayOf().ToArbitrary(), Gen.Elements(Enum.GetValues<HashListForm>()).ToArbitrary(), (all, form) =>
        {
            var list = Written(form, writer =>
            {
                foreach (var bytes in all) writer.Add(Sha1Hash.FromBytes(bytes), form == HashListForm.WithSignalType ? "" : $"{bytes[0]}");
            });
            var read = new List<(Sha1Hash, string)>();
            var summary = HashListFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(list)), HashKind.Sha1,
                (in entry) => read.Add((entry.ToDigest<Sha1Hash>(), Encoding.UTF8.GetString(entry.Metadata))), new() { IsStrict = true });
            return read.SequenceEqual(all.Select(bytes => (Sha1Hash.FromBytes(bytes), form == HashListForm.WithSignalType ? "" : $"{bytes[0]}")))
                && summary.Lines == all.Length;
        }));

    [Fact]
    public void A_long_list_leaves_the_buffer_on_its_way()
    {
        var list = Written(HashListForm.Bare, writer =>
        {
            for (var i = 0; i < 10_000; i++) writer.Add(s_pdq, new string('x', i % 100));
        });
        Assert.Equal(10_000, HashListFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(list)), HashKind.Pdq, (in _) => { }).Hashes);
    }

    [Fact]
    public void Metadata_that_could_not_be_read_back_is_refused()
    {
        using var bare = new HashListWriter(new MemoryStream());
        using var typed = new HashListWriter(new MemoryStream(), HashListForm.WithSignalType);

        Assert.Throws<ArgumentException>(() => bare.Add(s_md5, "two\nlines"));
        Assert.Throws<ArgumentException>(() => bare.Add(s_md5, new string('x', 60_001)));
        Assert.Throws<ArgumentException>(() => typed.Add(s_md5, "name"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashListWriter(new MemoryStream(), (HashListForm)7));
    }
}
