using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq;

namespace Egida.HashSearch.Tests;

/// <summary>Alone: it keeps the collector at work, and everybody else would wait for it.</summary>
[CollectionDefinition(nameof(PdqMemoryTests), DisableParallelization = true)]
[Collection(nameof(PdqMemoryTests))]
public unsafe class PdqMemoryTests
{
    private const int Width = 2_000;
    private const int Height = 300;

    public static TheoryData<string> Kernels => [.. KernelRegistry.Available.Select(kernel => kernel.ToString())];

    // A collection in the middle of a hash takes what nobody holds, and what is asked for next comes to lie there.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_workspace_that_nobody_else_holds_stays_until_its_hash_is_done(string kernel)
    {
        var pixels = PdqPictures.Draw(PdqPictures.Kind.Photo, Width, Height, channels: 3, seed: 7);
        WhileCollecting(() => Hash(pixels, Enum.Parse<Kernel>(kernel)), times: 40);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Rows_that_nobody_else_holds_stay_until_the_last_one_is_in(string kernel)
    {
        var pixels = PdqPictures.Draw(PdqPictures.Kind.Photo, Width, Height, channels: 3, seed: 8);
        WhileCollecting(() => HashRows(pixels, Enum.Parse<Kernel>(kernel)), times: 40);
    }

    private static string Hash(byte[] pixels, Kernel kernel)
    {
        Span<Hash256> hashes = stackalloc Hash256[8];
        fixed (byte* first = pixels)
        {
            new Workspace(kernel).Hash(first, Width, Height, 3 * Width, PixelLayout.Of(PdqPixels.Rgb), hashes, out var quality, allowTents: false);
            return $"{hashes[0]} {quality}";
        }
    }

    private static string HashRows(byte[] pixels, Kernel kernel)
    {
        Span<Hash256> hashes = stackalloc Hash256[8];
        var rows = new OrderedReading(Width, Height, PixelLayout.Of(PdqPixels.Rgb), kernel);
        for (var y = 0; y < Height; y++) rows.Add(pixels.AsSpan(y * 3 * Width, 3 * Width), 3 * Width, 1);
        var quality = rows.Complete(hashes);
        return $"{hashes[0]} {quality}";
    }

    private static void WhileCollecting(Func<string> hash, int times)
    {
        var expected = hash();
        var done = 0;
        var collecting = new Thread(() =>
        {
            while (Volatile.Read(ref done) == 0)
            {
                GC.Collect();
                for (var i = 0; i < 20; i++) GC.AllocateUninitializedArray<byte>(100_000, pinned: true).AsSpan().Fill(0xff);
            }
        });
        collecting.Start();
        try
        {
            for (var i = 0; i < times; i++) Assert.Equal(expected, hash());
        }
        finally
        {
            Volatile.Write(ref done, 1);
            collecting.Join();
        }
    }
}
