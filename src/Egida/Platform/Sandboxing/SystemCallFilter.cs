using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// A seccomp filter as the kernel reads it: classic BPF, eight bytes an instruction (linux/filter.h, linux/seccomp.h).
/// It forbids new processes, sockets, and the calls by which sandboxes have been left. The rest is bounded by namespaces.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfAtLeast = 0x35, JumpIfAnyBit = 0x45, Return = 0x06;
    private const uint Allow = 0x7FFF0000, KillProcess = 0x80000000, Refuse = 0x00050000 | 1 /* EPERM */, Unknown = 0x00050000 | 38 /* ENOSYS */;
    private const uint NumberOffset = 0, ArchitectureOffset = 4, FirstArgumentOffset = 16;
    private const uint ThreadFlag = 0x00010000; // CLONE_THREAD
    private const uint X32Calls = 0x40000000;

    public static byte[] Compile() => Compile(RuntimeInformation.ProcessArchitecture);

    internal static byte[] Compile(Architecture architecture)
    {
        var calls = SystemCalls.Of(architecture);
        List<byte[]> program =
        [
            Instruction(Load, ArchitectureOffset),
            Instruction(JumpIfEqual, calls.AuditArchitecture, skipIfTrue: 1),
            Instruction(Return, KillProcess),
            Instruction(Load, NumberOffset),
            Instruction(JumpIfAtLeast, X32Calls, skipIfFalse: 1),
            Instruction(Return, Unknown),

            // The flags of clone3 are behind a pointer that can't be followed; told that it doesn't exist, libc uses clone.
            Instruction(JumpIfEqual, calls.Clone3Call, skipIfFalse: 1),
            Instruction(Return, Unknown),

            // A thread is welcome, a process is not.
            Instruction(JumpIfEqual, calls.CloneCall, skipIfFalse: 4),
            Instruction(Load, FirstArgumentOffset),
            Instruction(JumpIfAnyBit, ThreadFlag, skipIfFalse: 1),
            Instruction(Return, Allow),
            Instruction(Return, Refuse),
        ];
        foreach (var call in calls.Forbidden)
        {
            program.Add(Instruction(JumpIfEqual, call, skipIfFalse: 1));
            program.Add(Instruction(Return, Refuse));
        }
        program.Add(Instruction(Return, Allow));
        return [.. program.SelectMany(bytes => bytes)];
    }

    private static byte[] Instruction(ushort code, uint operand, byte skipIfTrue = 0, byte skipIfFalse = 0)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, code);
        bytes[2] = skipIfTrue;
        bytes[3] = skipIfFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), operand);
        return bytes;
    }
}
