using System.Security.Cryptography;
using Egida.Evidence.Sealing;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Evidence;

public sealed class SealingTests
{
    private static readonly Guid Id = Guid.Parse("0198a000-0000-7000-8000-000000000001");

    [Fact]
    public void What_is_sealed_opens_to_the_same_bytes_whatever_its_length()
    {
        var lengths = Gen.OneOf(
            Gen.Choose(0, 300), Gen.Elements(SealedFormat.ChunkSize - 1, SealedFormat.ChunkSize, SealedFormat.ChunkSize + 1, 2 * SealedFormat.ChunkSize, 200_000));
        Check.QuickThrowOnFailure(Prop.ForAll(
            Arb.From(lengths), Arb.From(Gen.Choose(1, 90_000)),
            (length, step) =>
            {
                var content = Content(length);
                var (file, facts) = Seal(content, step).GetAwaiter().GetResult();
                Assert.Equal(content, Open(file, facts));
                Assert.Equal(SealedFormat.SealedSize(length), file.Length);
                Assert.Equal((length, file.Length), (facts.Size, facts.SealedSize));
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), facts.Sha256);
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), facts.SealedSha256);
            }));
    }

    [Fact]
    public async Task Any_flipped_bit_anywhere_is_refused()
    {
        var (file, facts) = await Seal(Content(SealedFormat.ChunkSize + 700));
        Check.QuickThrowOnFailure(Prop.ForAll(
            Arb.From(Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, file.Length - 1), Gen.Choose(file.Length - 20, file.Length - 1))), Arb.From(Gen.Choose(0, 7)),
            (at, bit) =>
            {
                var changed = file.ToArray();
                changed[at] ^= (byte)(1 << bit);
                Assert.Throws<SealBrokenException>(() => Open(changed, facts));
            }));
    }

    [Fact]
    public async Task No_end_can_be_cut_off_and_nothing_be_added()
    {
        var (file, facts) = await Seal(Content(3 * SealedFormat.ChunkSize));
        var whole = SealedFormat.ChunkSize + SealedFormat.TagSize;
        foreach (var length in new[] { 0, 31, 32, 40, 32 + whole, 32 + 2 * whole, file.Length - 1 })
        {
            Assert.Throws<SealBrokenException>(() => Open(file[..length], facts));
        }

        Assert.Throws<SealBrokenException>(() => Open([.. file, 0], facts));
        Assert.Throws<SealBrokenException>(() => Open([.. file, .. file[^whole..]], facts));
    }

    [Fact]
    public async Task Chunks_can_not_change_places()
    {
        var (file, facts) = await Seal(Content(3 * SealedFormat.ChunkSize));
        var whole = SealedFormat.ChunkSize + SealedFormat.TagSize;
        byte[] swapped = [.. file[..32], .. file[(32 + whole)..(32 + 2 * whole)], .. file[32..(32 + whole)], .. file[(32 + 2 * whole)..]];

        Assert.Throws<SealBrokenException>(() => Open(swapped, facts));
    }

    [Fact]
    public async Task Another_object_or_another_key_does_not_open_it()
    {
        var (file, facts) = await Seal(Content(100));

        Assert.Throws<SealBrokenException>(() => Open(file, facts, Guid.Empty));
        Assert.Throws<SealBrokenException>(() => Open(file, facts with { Key = new byte[32] }));
        Assert.Throws<SealBrokenException>(() => Open(file, facts with { Sha256 = new string('0', 64) }));
    }

    [Fact]
    public async Task An_object_that_was_never_finished_opens_to_nothing()
    {
        var target = new MemoryStream();
        var seal = new SealingStream(Id, target);
        await seal.WriteAsync(Content(2 * SealedFormat.ChunkSize + 5));
        var facts = (await Seal([])).Facts;

        Assert.Throws<SealBrokenException>(() => Open(target.ToArray(), facts));
    }

    [Fact]
    public async Task The_same_content_sealed_twice_has_nothing_in_common()
    {
        var content = Content(5000);
        var (first, a) = await Seal(content);
        var (second, b) = await Seal(content);

        Assert.NotEqual(a.Key, b.Key);
        Assert.NotEqual(first[32..], second[32..]);
    }

    [Fact]
    public void A_wrapped_key_opens_only_under_its_key_and_for_its_purpose()
    {
        var (under, key) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var wrapped = WrappedKey.Wrap(under, key, "object 1");

        Assert.Equal(key, WrappedKey.Unwrap(under, wrapped, "object 1"));
        Assert.Throws<SealBrokenException>(() => WrappedKey.Unwrap(under, wrapped, "object 2"));
        Assert.Throws<SealBrokenException>(() => WrappedKey.Unwrap(key, wrapped, "object 1"));
        Assert.Throws<SealBrokenException>(() => WrappedKey.Unwrap(under, wrapped.AsSpan(1), "object 1"));
        for (var i = 0; i < wrapped.Length; i++)
        {
            var changed = wrapped.ToArray();
            changed[i] ^= 1;
            Assert.Throws<SealBrokenException>(() => WrappedKey.Unwrap(under, changed, "object 1"));
        }
    }

    private static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private static async Task<(byte[] File, SealedFacts Facts)> Seal(byte[] content, int step = 10_000)
    {
        var target = new MemoryStream();
        await using var seal = new SealingStream(Id, target);
        for (var at = 0; at < content.Length; at += step)
        {
            await seal.WriteAsync(content.AsMemory(at, Math.Min(step, content.Length - at)));
        }

        var facts = await seal.Finish(CancellationToken.None);
        return (target.ToArray(), facts);
    }

    private static byte[] Open(byte[] file, SealedFacts facts, Guid? id = null)
    {
        using var content = new OpeningStream(id ?? Id, new MemoryStream(file), facts.Key, facts.Sha256);
        var all = new MemoryStream();
        content.CopyTo(all);
        return all.ToArray();
    }
}
