using System.Runtime.InteropServices;

namespace Egida.Intake.Addresses;

/// <summary>
/// Tells a bare domain from a name: «example.pl» ends in a public suffix, «jan.kowalski» doesn't. Mozilla's list as built into libpsl.
/// Where the library is missing every ending counts as a domain, and a person sorts out the names.
/// </summary>
internal static partial class PublicSuffixes
{
    private const string Library = "libpsl.so.5";

    // PSL_TYPE_ANY (3) without the rule that any unknown ending is a suffix (4).
    private const int KnownOnly = 3 | 4;

    // RFC 2606 and RFC 6762: never delegated, so not on the list, yet they are names of hosts.
    private static readonly HashSet<string> Reserved = ["test", "example", "invalid", "localhost", "local", "onion", "i2p"];

    private static readonly IntPtr List = Load();

    public static bool Knows(string lastLabel) =>
        Reserved.Contains(lastLabel) || List == IntPtr.Zero || IsPublicSuffix(List, lastLabel, KnownOnly) != 0;

    private static IntPtr Load() => NativeLibrary.TryLoad(Library, out _) ? Builtin() : IntPtr.Zero;

    [LibraryImport(Library, EntryPoint = "psl_builtin")]
    private static partial IntPtr Builtin();

    [LibraryImport(Library, EntryPoint = "psl_is_public_suffix2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int IsPublicSuffix(IntPtr list, string domain, int type);
}
