using System.Buffers.Binary;
using Egida.Platform.Sandboxing;
using Processor = System.Runtime.InteropServices.Architecture;

namespace Egida.Tests.Platform.Sandboxing;

public class SystemCallFilterTests
{
    private const uint Allow = 0x7FFF0000, Refuse = 0x00050001, Unknown = 0x00050026, Kill = 0x80000000;
    private const uint X64 = 0xC000003E, Arm64 = 0xC00000B7;
    private const ulong ThreadOfGlibc = 0x3D0F00, ForkOfGlibc = 0x01200011;

    [Theory]
    [InlineData(Processor.X64, X64, 0u)] // read
    [InlineData(Processor.X64, X64, 59u)] // execve
    [InlineData(Processor.Arm64, Arm64, 63u)]
    [InlineData(Processor.Arm64, Arm64, 221u)]
    public void Ordinary_calls_pass(Processor processor, uint audit, uint call) =>
        Assert.Equal(Allow, Verdict(processor, audit, call));

    [Theory]
    [InlineData(Processor.X64, X64, 41u)] // socket
    [InlineData(Processor.X64, X64, 57u)] // fork
    [InlineData(Processor.X64, X64, 101u)] // ptrace
    [InlineData(Processor.X64, X64, 321u)] // bpf
    [InlineData(Processor.X64, X64, 171u)] // setdomainname, the last of the list
    [InlineData(Processor.Arm64, Arm64, 198u)]
    [InlineData(Processor.Arm64, Arm64, 117u)]
    [InlineData(Processor.Arm64, Arm64, 280u)]
    public void Dangerous_calls_are_refused(Processor processor, uint audit, uint call) =>
        Assert.Equal(Refuse, Verdict(processor, audit, call));

    [Theory]
    [InlineData(Processor.X64, X64, 56u)]
    [InlineData(Processor.Arm64, Arm64, 220u)]
    public void A_thread_may_be_made_but_no_process(Processor processor, uint audit, uint clone)
    {
        Assert.Equal(Allow, Verdict(processor, audit, clone, ThreadOfGlibc));
        Assert.Equal(Refuse, Verdict(processor, audit, clone, ForkOfGlibc));
        Assert.Equal(Unknown, Verdict(processor, audit, 435));
    }

    [Fact]
    public void Calls_of_another_architecture_end_the_process()
    {
        Assert.Equal(Kill, Verdict(Processor.X64, 0x40000003, 0));
        Assert.Equal(Unknown, Verdict(Processor.X64, X64, 0x40000000 + 41));
        Assert.Throws<SandboxUnavailableException>(() => SystemCallFilter.Compile(Processor.X86));
    }

    // What the kernel does with the program: linux/filter.h, as far as it is used.
    private static uint Verdict(Processor processor, uint audit, uint call, ulong firstArgument = 0)
    {
        var program = SystemCallFilter.Compile(processor).AsSpan();
        var data = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(data, call);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), audit);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16), firstArgument);

        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var instruction = program.Slice(at * 8, 8);
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20: accumulator = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand)); break;
                case 0x15: at += accumulator == operand ? instruction[2] : instruction[3]; break;
                case 0x35: at += accumulator >= operand ? instruction[2] : instruction[3]; break;
                case 0x45: at += (accumulator & operand) != 0 ? instruction[2] : instruction[3]; break;
                case 0x06: return operand;
                default: throw new InvalidOperationException($"instruction {at} is unknown");
            }
        }
    }
}
