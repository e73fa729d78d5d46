using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Tests.Near;

public unsafe class FillingTests
{
    public static TheoryData<string, int> KernelsAndLineBits
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kernel in KernelRegistry.Available)
                for (var lineBits = NearShape.LeastLineBits; lineBits <= NearShape.MostLineBits; lineBits++) data.Add(kernel.ToString(), lineBits);
            return data;
        }
    }

    [Theory, MemberData(nameof(KernelsAndLineBits))]
    public void Bits_of_two_chunks_are_gathered_as_they_are_one_by_one(string kernel, int lineBits)
    {
        var layout = ChunkLayout.Of(lineBits);
        var codes = SomeCodes.Uniform(100, seed: lineBits);
        var bits = new ulong[codes.Length];
        for (var chunk = 0; chunk < layout.Count; chunk++)
        {
            ref readonly var own = ref layout[chunk];
            ref readonly var next = ref layout[layout.Next(chunk)];
            BitGather.For(own, next, Enum.Parse<Kernel>(kernel)).Take(codes, bits);
            for (var i = 0; i < codes.Length; i++) Assert.Equal(own.OfSlowly(codes[i]) | (ulong)next.OfSlowly(codes[i]) << 32, bits[i]);
        }
    }

    [Fact]
    public void A_line_written_at_once_is_the_line_written_slot_by_slot()
    {
        var random = new Random(1);
        var lines = stackalloc byte[3 * Line.Bytes];
        var (whole, single) = ((nint)(lines + Line.Bytes - 1) & -Line.Bytes, ((nint)(lines + Line.Bytes - 1) & -Line.Bytes) + Line.Bytes);
        for (var round = 0; round < 2_000; round++)
        {
            var signatures = Enumerable.Range(0, Line.Slots).Select(_ => (uint)random.Next(1 << Line.SignatureBits)).ToArray();
            var (lower, upper) = (new ushort[Line.Slots], new uint[Line.Slots]);
            for (var i = 0; i < Line.Slots; i++)
                (lower[i], upper[i]) = ((ushort)signatures[i], signatures[i] >> LineWriter.LowerBits | (uint)random.Next() << LineWriter.UpperBits);
            var count = round % (Line.Slots + 1);

            new Span<byte>((void*)single, Line.Bytes).Clear();
            for (var slot = 0; slot < count; slot++) Line.SetSignature((byte*)single, slot, signatures[slot]);
            random.NextBytes(new Span<byte>((void*)whole, Line.Bytes));
            fixed (ushort* ofLower = lower)
            fixed (uint* ofUpper = upper) LineWriter.Write((byte*)whole, ofLower, ofUpper, count);

            Assert.Equal(new Span<byte>((void*)single, Line.Bytes).ToArray(), new Span<byte>((void*)whole, Line.Bytes).ToArray());
        }
    }

    [Theory]
    [InlineData(1), InlineData(7), InlineData(16), InlineData(25), InlineData(26)]
    public void Packed_numbers_are_read_as_they_were_written(int bits)
    {
        var random = new Random(bits);
        var numbers = Enumerable.Range(0, 1_000).Select(_ => (uint)random.Next(1 << bits)).ToArray();
        var memory = new byte[PackedNumbers.BytesFor(numbers.Length, bits)];
        fixed (byte* start = memory)
        {
            var packed = new PackedNumbers(start, bits);
            var writer = packed.Writer();
            // In pieces that end anywhere, above bits that aren't theirs.
            for (var at = 0; at < numbers.Length; at += 37)
                writer.Add([.. numbers.Skip(at).Take(37).Select(number => number << 4 | (uint)random.Next(16))], below: 4);
            writer.Finish();
            for (var i = 0; i < numbers.Length; i++) Assert.Equal(numbers[i], packed[i]);
        }
    }
}
