using System.Runtime.InteropServices;

namespace Egida.Platform.Sandboxing;

/// <summary>Numbers of system calls, from the kernel's tables (asm/unistd_64.h, asm-generic/unistd.h).</summary>
internal sealed record SystemCalls(uint AuditArchitecture, uint CloneCall, uint Clone3Call, IReadOnlyList<uint> Forbidden)
{
    public static SystemCalls Of(Architecture architecture) => architecture switch
    {
        Architecture.X64 => new(0xC000003E, 56, 435, [.. s_forbidden.Select(call => call.X64).OfType<uint>()]),
        Architecture.Arm64 => new(0xC00000B7, 220, 435, [.. s_forbidden.Select(call => call.Arm64).OfType<uint>()]),
        _ => throw new SandboxUnavailableException($"the system-call filter is written for x86-64 and ARM64, this is {architecture}"),
    };

    private static readonly (string Name, uint? X64, uint? Arm64)[] s_forbidden =
    [
        // processes and sockets
        ("fork", 57, null), ("vfork", 58, null), ("socket", 41, 198), ("io_uring_setup", 425, 425), ("io_uring_enter", 426, 426),
        ("io_uring_register", 427, 427),
        // other processes' memory and files
        ("ptrace", 101, 117), ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271), ("process_madvise", 440, 440),
        ("kcmp", 312, 272), ("pidfd_getfd", 438, 438), ("move_pages", 279, 239), ("name_to_handle_at", 303, 264), ("open_by_handle_at", 304, 265),
        // namespaces and mounts
        ("unshare", 272, 97), ("setns", 308, 268), ("mount", 165, 40), ("umount2", 166, 39), ("pivot_root", 155, 41), ("chroot", 161, 51),
        ("open_tree", 428, 428), ("move_mount", 429, 429), ("fsopen", 430, 430), ("fsconfig", 431, 431), ("fsmount", 432, 432), ("fspick", 433, 433),
        ("mount_setattr", 442, 442), ("fanotify_init", 300, 262), ("quotactl", 179, 60),
        // parts of the kernel with a history
        ("bpf", 321, 280), ("perf_event_open", 298, 241), ("userfaultfd", 323, 282), ("keyctl", 250, 219), ("add_key", 248, 217),
        ("request_key", 249, 218), ("vmsplice", 278, 75), ("modify_ldt", 154, null), ("personality", 135, 92), ("memfd_secret", 447, 447),
        ("lookup_dcookie", 212, 18), ("uselib", 134, null),
        // the machine
        ("kexec_load", 246, 104), ("kexec_file_load", 320, 294), ("init_module", 175, 105), ("finit_module", 313, 273), ("delete_module", 176, 106),
        ("reboot", 169, 142), ("swapon", 167, 224), ("swapoff", 168, 225), ("syslog", 103, 116), ("acct", 163, 89), ("iopl", 172, null),
        ("ioperm", 173, null), ("settimeofday", 164, 170), ("clock_settime", 227, 112), ("adjtimex", 159, 171), ("clock_adjtime", 305, 266),
        ("sethostname", 170, 161), ("setdomainname", 171, 162),
    ];
}
