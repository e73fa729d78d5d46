using System.Runtime.InteropServices;

namespace Egida.HashSearch.Files;

/// <summary>Calls of the operating system that .NET has no name for. Where they don't exist, the nearest thing is done.</summary>
internal static unsafe partial class Posix
{
    private const int NotOverwritten = 17; // EEXIST
    private const int PopulateRead = 22;

    /// <summary>Makes the names in a folder durable. Windows does that by itself and lets nobody open a folder.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = open(folder, 0);
        if (descriptor < 0) throw Failed("open", folder);
        try
        {
            if (fsync(descriptor) != 0) throw Failed("sync", folder);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    /// <summary>A second name for a file, or a copy where the file system has no such thing.</summary>
    public static void Link(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (link(from, to) == 0) return;
            if (Marshal.GetLastPInvokeError() == NotOverwritten) throw Failed("link", to);
        }
        File.Copy(from, to);
        using var copy = File.OpenHandle(to, FileMode.Open, FileAccess.Write);
        RandomAccess.FlushToDisk(copy);
    }

    /// <summary>Brings mapped pages into memory and the page table; false if the kernel (before Linux 5.14) can't.</summary>
    public static bool TryPopulate(byte* start, nuint length) => OperatingSystem.IsLinux() && madvise(start, length, PopulateRead) == 0;

    /// <summary>Lowers the priority of this thread. Only on Linux, where the call means a thread.</summary>
    /// <param name="nice">0 to 19: each step leaves it a fifth less time beside threads that are busy.</param>
    public static void LetOthersGoFirst(int nice)
    {
        const int thisThread = 0;
        if (OperatingSystem.IsLinux() && nice > 0) _ = setpriority(thisThread, thisThread, nice);
    }

    private static IOException Failed(string doing, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"Could not {doing} '{path}': {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int madvise(byte* start, nuint length, int advice);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setpriority(int which, int who, int nice);
}
