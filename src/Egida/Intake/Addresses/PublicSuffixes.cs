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

    // PSL_TYPE_ICANN (1).
    private const int RegistriesOnly = 1 | 4;

    // RFC 2606 and RFC 6762: never delegated, so not on the list, yet they are names of hosts.
    private static readonly HashSet<string> Reserved = ["test", "example", "invalid", "localhost", "local", "onion", "i2p"];

    private static readonly IntPtr List = Load();

    public static bool Knows(string lastLabel) =>
        Reserved.Contains(lastLabel) || List == IntPtr.Zero || IsPublicSuffix(List, lastLabel, KnownOnly) != 0;

    /// <summary>
    /// The name that was registered: one label more than the longest ending below which a registry registers names (`www.a.com.pl` → `a.com.pl`). Of the whole
    /// list only what the top-level domains' registries declared counts: who rents out names below his own has no registry. Null for such an ending itself.
    /// </summary>
    public static string? RegisteredName(string host)
    {
        var labels = host.Split('.');
        for (var from = labels.Length - 2; from >= 0; from--)
        {
            var name = string.Join('.', labels[from..]);
            if (List == IntPtr.Zero || IsPublicSuffix(List, name, RegistriesOnly) == 0)
            {
                return name;
            }
        }

        return null;
    }

    private static IntPtr Load() => NativeLibrary.TryLoad(Library, out _) ? Builtin() : IntPtr.Zero;

    [LibraryImport(Library, EntryPoint = "psl_builtin")]
    private static partial IntPtr Builtin();

    [LibraryImport(Library, EntryPoint = "psl_is_public_suffix2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int IsPublicSuffix(IntPtr list, string domain, int type);
}
