using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Tests.Near;

public unsafe class LineTests
{
    public static TheoryData<string> AllKernels => [.. KernelRegistry.Available.Select(kernel => kernel.ToString())];

    [Fact]
    public void A_line_gives_back_what_was_put_into_it()
    {
        var random = new Random(1);
        var line = stackalloc byte[Line.Bytes];
        for (var round = 0; round < 200; round++)
        {
            new Span<byte>(line, Line.Bytes).Clear();
            var signatures = Enumerable.Range(0, Line.Slots).Select(_ => (uint)random.Next(1 << Line.SignatureBits)).ToArray();
            foreach (var slot in Enumerable.Range(0, Line.Slots).OrderBy(_ => random.Next())) Line.SetSignature(line, slot, signatures[slot]);
            var (position, count) = ((uint)random.Next(Line.MostCodes), random.Next(Line.Slots + 1));
            Line.SetHead(line, position, count);

            for (var slot = 0; slot < Line.Slots; slot++) Assert.Equal(signatures[slot], Line.Signature(line, slot));
            Assert.Equal((position, count, false), (Line.Position(Line.Head(line)), Line.Count(Line.Head(line)), Line.HasMore(Line.Head(line))));
        }
    }

    [Theory]
    [InlineData(0u), InlineData(1u), InlineData((1u << 20) - 1), InlineData(1u << 20), InlineData((1u << 25) - 1)]
    public void A_line_that_is_too_small_names_the_line_that_continues_it_and_keeps_the_others(uint continuation)
    {
        var line = stackalloc byte[Line.Bytes];
        new Span<byte>(line, Line.Bytes).Clear();
        for (var slot = 0; slot < Line.SlotsBeforeOthers; slot++) Line.SetSignature(line, slot, (uint)slot * 45_000);
        Line.SetHeadWithMore(line, 12_345_678, continuation);

        Assert.True(Line.HasMore(Line.Head(line)));
        Assert.Equal((continuation, 12_345_678u), (Line.Continuation(line), Line.Position(Line.Head(line))));
        Assert.Equal((1u << Line.SlotsBeforeOthers) - 1, Line.Held(Line.Head(line), isContinuation: false));
        for (var slot = 0; slot < Line.SlotsBeforeOthers; slot++) Assert.Equal((uint)slot * 45_000, Line.Signature(line, slot));
    }

    [Theory, MemberData(nameof(AllKernels))]
    public void Every_kernel_sees_what_the_scalar_one_sees(string kernel)
    {
        var random = new Random(2);
        var line = stackalloc byte[Line.Bytes];
        for (var round = 0; round < 20_000; round++)
        {
            // Some slots that are near, as random ones hardly ever are.
            var signature = (uint)random.Next(1 << Line.SignatureBits);
            new Span<byte>(line, Line.Bytes).Clear();
            for (var slot = 0; slot < Line.Slots; slot++)
                Line.SetSignature(line, slot, random.Next(2) == 0 ? (uint)random.Next(1 << Line.SignatureBits) : signature ^ 1u << random.Next(20) ^ 1u << random.Next(20));
            *(int*)(line + Line.Bytes - sizeof(int)) = random.Next(int.MinValue, int.MaxValue);
            var limit = random.Next(24);

            Assert.Equal(ScalarLine.For(signature, limit).Within(line), Within(kernel, signature, limit, line));
        }
    }

    private static uint Within(string kernel, uint signature, int limit, byte* line) => Enum.Parse<Kernel>(kernel) switch
    {
        Kernel.Vector128 => Vector128Line.For(signature, limit).Within(line),
        Kernel.Avx2 => Avx2Line.For(signature, limit).Within(line),
        Kernel.Avx512 => Avx512Line.For(signature, limit).Within(line),
        _ => ScalarLine.For(signature, limit).Within(line),
    };
}
