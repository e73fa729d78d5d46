using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Egida.HashSearch.Exact;

/// <summary>Zeroed memory in pages of 2 MB where the system allows it: among small pages every random access also misses the table of addresses.</summary>
internal sealed unsafe partial class LargeBlock : IDisposable
{
    private readonly Mapping _mapping;

    public LargeBlock(long bytes)
    {
        _mapping = new((nuint)Math.Max(bytes, 1));
        Pointer = (byte*)_mapping.Aligned;
    }

    public byte* Pointer { get; }

    public void Dispose() => _mapping.Dispose();

    /// <summary>Gives the memory back even if nobody disposes of the block.</summary>
    private sealed class Mapping : SafeHandleZeroOrMinusOneIsInvalid
    {
        private const nuint LargePage = 2 << 20;
        private readonly nuint _length;

        public Mapping(nuint bytes) : base(ownsHandle: true)
        {
            // Small ones stay in small pages.
            var alignment = bytes >= LargePage ? LargePage : 64;
            _length = bytes + alignment;
            SetHandle(System.Map(0, _length, System.ReadWrite, System.PrivateAnonymous, -1, 0));
            if (IsInvalid) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The system gave no {bytes:N0} bytes of memory.");
            Aligned = (nint)(((nuint)handle + alignment - 1) / alignment * alignment);
            // A refusal costs speed and nothing else.
            if (bytes >= LargePage) _ = System.Advise(Aligned, bytes / LargePage * LargePage, System.HugePages);
        }

        public nint Aligned { get; }

        protected override bool ReleaseHandle() => System.Unmap(handle, _length) == 0;
    }

    private static partial class System
    {
        public const int ReadWrite = 1 | 2;
        public const int PrivateAnonymous = 2 | 0x20;
        public const int HugePages = 14;

        [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial int Unmap(nint address, nuint length);

        [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static partial int Advise(nint address, nuint length, int advice);
    }
}
