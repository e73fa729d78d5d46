using System.Runtime.InteropServices;

namespace Egida.HashSearch.Memory;

/// <summary>
/// Zeroed memory outside the collected heap, on a 2 MiB boundary, in pages of 2 MiB where the system allows it: with pages of 4 KiB every random access
/// also misses the processor's table of addresses, which costs several times the access itself.
/// </summary>
internal sealed unsafe partial class NativeBlock : IDisposable
{
    private const nuint LargePage = 2u << 20;

    // Above this a block gets whole large pages; below it they would be mostly empty.
    private const nuint Large = LargePage / 2;

    private nuint _mapped;
    private void* _start;

    public NativeBlock(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Length = bytes;
        if ((nuint)bytes >= Large && OperatingSystem.IsLinux())
        {
            _mapped = ((nuint)bytes + LargePage - 1) / LargePage * LargePage + LargePage;
            _start = System.Map(null, _mapped, System.ReadWrite, System.PrivateAnonymous, -1, 0);
            if ((nint)_start == -1)
            {
                _start = null;
                throw new OutOfMemoryException($"The system gave no {bytes:N0} bytes of memory.");
            }
            Pointer = (byte*)(((nuint)_start + LargePage - 1) / LargePage * LargePage);
            // A refusal costs speed and nothing else.
            _ = System.Advise(Pointer, _mapped - LargePage, System.HugePages);
        }
        else
        {
            _start = NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), 64);
            Pointer = (byte*)_start;
            NativeMemory.Clear(Pointer, (nuint)bytes);
        }
        GC.AddMemoryPressure(Math.Max(1, bytes));
    }

    ~NativeBlock() => Free();

    public byte* Pointer { get; }

    /// <summary>In bytes, as asked for.</summary>
    public long Length { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what lies after the first <paramref name="bytes"/>.</summary>
    public void Trim(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Length);
        if (_mapped > 0)
        {
            var kept = (nuint)Pointer - (nuint)_start + ((nuint)bytes + LargePage - 1) / LargePage * LargePage;
            if (kept < _mapped)
            {
                _ = System.Unmap((byte*)_start + kept, _mapped - kept);
                _mapped = kept;
            }
        }
        GC.RemoveMemoryPressure(Math.Max(1, Length));
        Length = bytes;
        GC.AddMemoryPressure(Math.Max(1, Length));
    }

    private void Free()
    {
        if (_start == null) return;
        if (_mapped > 0) _ = System.Unmap(_start, _mapped);
        else NativeMemory.AlignedFree(_start);
        _start = null;
        GC.RemoveMemoryPressure(Math.Max(1, Length));
    }

    private static partial class System
    {
        public const int ReadWrite = 1 | 2;
        // Private, anonymous, and not counted before it is written.
        public const int PrivateAnonymous = 2 | 0x20 | 0x4000;
        public const int HugePages = 14;

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
