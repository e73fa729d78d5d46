using System.Runtime.InteropServices;

namespace Egida.HashSearch.Memory;

/// <summary>
/// Zeroed memory outside the collected heap, on a 2 MiB boundary, in pages of 2 MiB where the system allows it: with pages of 4 KiB every random access
/// also misses the processor's table of addresses, which costs several times the access itself.
/// </summary>
internal sealed unsafe partial class NativeBlock : SafeHandle
{
    private const nuint LargePage = 2u << 20;

    // From here on a block gets whole large pages; below they would be mostly empty.
    private const long Large = (long)LargePage / 2;

    private nuint _mapped;

    public NativeBlock(long bytes)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Length = bytes;
        Pointer = bytes >= Large && OperatingSystem.IsLinux() ? Map((nuint)bytes) : Allocate((nuint)bytes);
    }

    public byte* Pointer { get; }

    /// <summary>In bytes, as asked for.</summary>
    public long Length { get; private set; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Gives back what lies after the first <paramref name="bytes"/>.</summary>
    public void Trim(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Length);
        Length = bytes;
        if (_mapped == 0) return;
        var kept = (nuint)Pointer - (nuint)handle + ((nuint)bytes + LargePage - 1) / LargePage * LargePage;
        if (kept >= _mapped) return;
        _ = System.Unmap((byte*)handle + kept, _mapped - kept);
        _mapped = kept;
    }

    /// <summary>Gives the memory of a range back as far as it has whole pages; it is zeros when it is used again.</summary>
    public void Release(long from, long bytes)
    {
        const long page = 4096;
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Length - from);
        var (first, last) = ((from + page - 1) & -page, (from + bytes) & -page);
        if (_mapped > 0 && last > first) _ = System.Advise(Pointer + first, (nuint)(last - first), System.NotNeeded);
    }

    protected override bool ReleaseHandle()
    {
        if (_mapped > 0) return System.Unmap((void*)handle, _mapped) == 0;
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    private byte* Allocate(nuint bytes)
    {
        var start = NativeMemory.AlignedAlloc(Math.Max(bytes, 64), 64);
        NativeMemory.Clear(start, bytes);
        SetHandle((nint)start);
        return (byte*)start;
    }

    private byte* Map(nuint bytes)
    {
        _mapped = (bytes + LargePage - 1) / LargePage * LargePage + LargePage;
        var start = (nint)System.Map(null, _mapped, System.ReadWrite, System.PrivateAnonymous, -1, 0);
        if (start == -1)
        {
            _mapped = 0;
            // It has its own exception for a lack of memory.
            return Allocate(bytes);
        }
        SetHandle(start);
        var aligned = (byte*)(((nuint)start + LargePage - 1) / LargePage * LargePage);
        // A refusal costs speed and nothing else.
        _ = System.Advise(aligned, _mapped - LargePage, System.HugePages);
        return aligned;
    }

    private static partial class System
    {
        public const int ReadWrite = 1 | 2;
        // Private, anonymous, and not counted before it is written.
        public const int PrivateAnonymous = 2 | 0x20 | 0x4000;
        public const int HugePages = 14;
        public const int NotNeeded = 4;

        [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial int Unmap(void* address, nuint length);

        [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial int Advise(void* address, nuint length, int advice);
    }
}
