using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// A read-only file in memory without a name: how bytes get into the sandbox. It never touches a disk and is gone with the
/// last process that holds it, even after a crash.
/// </summary>
internal sealed partial class AnonymousFile : IDisposable
{
    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int SetDescriptorFlags = 2, AddSeals = 1033;
    private const int SealForever = 1 | 2 | 4 | 8; // seal, shrink, grow, write

    private readonly SafeFileHandle _handle;

    private AnonymousFile(SafeFileHandle handle) => _handle = handle;

    public int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>The file as the process that inherits it can open it.</summary>
    public string Path => $"/proc/self/fd/{Descriptor}";

    public static AnonymousFile Of(ReadOnlyMemory<byte> content)
    {
        var descriptor = Create("egida", CloseOnExec | AllowSealing);
        if (descriptor < 0) throw new SandboxUnavailableException($"memfd_create failed with error {Marshal.GetLastPInvokeError()}");

        var file = new AnonymousFile(new SafeFileHandle(descriptor, ownsHandle: true));
        RandomAccess.Write(file._handle, content.Span, 0);
        // bubblewrap reads the filter from where the descriptor stands; positioned writes leave that at the start.
        if (Control(descriptor, AddSeals, SealForever) != 0)
            throw new SandboxUnavailableException($"sealing a memory file failed with error {Marshal.GetLastPInvokeError()}");
        return file;
    }

    /// <summary>From now on processes that are started inherit the file. Dispose it soon.</summary>
    public void LetChildrenInherit() => Control(Descriptor, SetDescriptorFlags, 0);

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint argument);
}
