using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Egida.Match.Tool.Files;

/// <summary>The few calls of Linux by which files are found and opened, with paths as bytes.</summary>
internal static unsafe partial class Kernel
{
    private const int HereFolder = -100, NoFollow = 0x100; // AT_FDCWD, AT_SYMLINK_NOFOLLOW
    private const uint TypeAndSize = 0x1 | 0x200;
    private const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    private const int TypeMask = 0xF000;

    // As every Linux has it: asm/fcntl.h differs for this one.
    private static int DontFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>What a path is, and how many bytes; a link itself unless <paramref name="follow"/>. Null if that can't be found out.</summary>
    public static (FileForm Form, long Length)? Look(RawPath path, bool follow)
    {
        Span<byte> answer = stackalloc byte[256]; // struct statx, the same on all processors
        fixed (byte* name = path.Terminated())
        fixed (byte* to = answer)
        {
            if (Statx(HereFolder, name, follow ? 0 : NoFollow, TypeAndSize, to) != 0) return null;
        }
        var form = (BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) & TypeMask) switch
        {
            0x8000 => FileForm.File,
            0x4000 => FileForm.Folder,
            0xA000 => FileForm.Link,
            _ => FileForm.Special,
        };
        return (form, BinaryPrimitives.ReadInt64LittleEndian(answer[40..]));
    }

    /// <summary>Opens a file to read.</summary>
    /// <param name="follow">Through a link, too.</param>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static FileStream Open(RawPath path, bool follow)
    {
        fixed (byte* name = path.Terminated())
        {
            // Without blocking: should a pipe have taken the file's place meanwhile, nobody waits for its other end.
            var descriptor = OpenFile(name, CloseOnExec | NonBlocking | (follow ? 0 : DontFollow));
            if (descriptor < 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            return new(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        }
    }

    /// <summary>The names in a folder, in the order of their bytes.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static List<byte[]> Names(RawPath folder)
    {
        var names = new List<byte[]>();
        fixed (byte* name = folder.Terminated())
        {
            var open = OpenFolder(name);
            if (open == 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            try
            {
                // struct dirent: number (8), offset (8), length (2), type (1), name.
                for (byte* entry; (entry = ReadFolder(open)) != null;)
                {
                    var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19);
                    if (!text.SequenceEqual("."u8) && !text.SequenceEqual(".."u8)) names.Add(text.ToArray());
                }
                if (Marshal.GetLastPInvokeError() != 0) throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }
            finally
            {
                _ = CloseFolder(open);
            }
        }
        names.Sort(static (one, other) => one.AsSpan().SequenceCompareTo(other));
        return names;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int folder, byte* path, int flags, uint mask, byte* answer);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int OpenFile(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true)]
    private static partial nint OpenFolder(byte* path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial byte* ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);
}

internal enum FileForm
{
    File,
    Folder,
    Link,
    Special,
}
