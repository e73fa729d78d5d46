using System.Globalization;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// The restraints as one argument list for bubblewrap: own namespaces (no network), a file system of libraries only, no
/// capability, nobody's user, a system-call filter, then limits. Nothing of the host that isn't named here can be seen.
/// </summary>
internal sealed record Confinement(SandboxLimits Limits, bool AsRoot)
{
    public const string Bubblewrap = "/usr/bin/bwrap";
    private const string SetPriv = "/usr/bin/setpriv";
    private const string PrLimit = "/usr/bin/prlimit";
    private const string Nobody = "65534";

    /// <summary>Files and folders to be seen inside, read-only: where they are, and where they appear.</summary>
    public IReadOnlyList<(string Outside, string Inside)> Visible { get; init; } = [];

    public static Confinement Of(SandboxLimits limits) => new(limits, Environment.IsPrivilegedProcess);

    /// <param name="systemCallFilter">An inherited file with the compiled filter.</param>
    /// <param name="program">What to run inside, by absolute path, and its arguments.</param>
    public IReadOnlyList<string> Arguments(int systemCallFilter, IReadOnlyList<string> program) =>
    [
        .. Namespaces(),
        "--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox",
        "--seccomp", Text(systemCallFilter),
        .. FoldersFor([.. VisibleLibraries.Paths, PrLimit, .. Visible.Select(path => path.Inside)]),
        .. VisibleLibraries.Arguments(),
        .. (AsRoot ? ReadOnly(SetPriv, SetPriv) : []),
        .. ReadOnly(PrLimit, PrLimit),
        .. Visible.SelectMany(path => ReadOnly(path.Outside, path.Inside)),
        "--proc", "/proc", "--dev", "/dev",
        "--perms", "1777", "--size", Text(Limits.ScratchBytes), "--tmpfs", "/tmp", "--chdir", "/tmp",
        // Both are made of memory too; only /tmp has a size.
        "--remount-ro", "/dev", "--remount-ro", "/",
        .. DotnetSettings(),
        "--",
        .. LeavingRoot(),
        .. LimitingResources(),
        .. program,
    ];

    // Root makes the namespaces itself and then becomes nobody: who is root outside is exempt from the limit on processes.
    // Anybody else needs a user namespace, in which bubblewrap makes the others.
    private string[] Namespaces() =>
    [
        "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL",
        .. (string[])(AsRoot
            ? ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
            : ["--unshare-user", "--disable-userns", "--uid", Nobody, "--gid", Nobody]),
    ];

    private string[] LeavingRoot() => AsRoot
        ? [SetPriv, "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        : [];

    private string[] LimitingResources() =>
    [
        PrLimit,
        "--as=" + Text(Limits.AddressSpaceBytes),
        "--cpu=" + Text((long)Limits.Processor.TotalSeconds),
        "--nproc=" + Text(Limits.Threads),
        "--fsize=" + Text(Limits.ScratchBytes),
        "--nofile=256",
        "--core=0",
    ];

    // .NET reserves far more address space than it uses unless it is told how large its heap may get.
    private static string[] DotnetSettings() =>
    [
        "--setenv", "DOTNET_GCHeapHardLimit", "0x8000000",
        "--setenv", "DOTNET_EnableWriteXorExecute", "0",
        "--setenv", "DOTNET_EnableDiagnostics", "0",
        "--setenv", "DOTNET_DefaultStackSize", "100000",
        "--setenv", "DOTNET_TieredPGO", "0",
        "--setenv", "DOTNET_CLI_TELEMETRY_OPTOUT", "1",
    ];

    // Left alone, bubblewrap makes them for its own user only.
    private static IEnumerable<string> FoldersFor(IEnumerable<string> paths) =>
        paths.SelectMany(Parents).Distinct().Order(StringComparer.Ordinal).SelectMany(folder => (string[])["--perms", "0755", "--dir", folder]);

    private static IEnumerable<string> Parents(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not (null or "/"); parent = Path.GetDirectoryName(parent)) yield return parent;
    }

    private static string[] ReadOnly(string outside, string inside) => ["--ro-bind", outside, inside];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
