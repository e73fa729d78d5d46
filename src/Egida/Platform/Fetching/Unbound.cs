using System.Runtime.InteropServices;

namespace Egida.Platform.Fetching;

/// <summary>
/// The dozen calls of libunbound (Debian: libunbound8, 1.17) that a look-up needs. libunbound speaks the protocol, falls back to TCP and validates;
/// its asynchronous answers come in a call of <see cref="Process"/> on the caller's own thread.
/// </summary>
internal static unsafe partial class Unbound
{
    public const int TypeA = 1;
    public const int TypeAaaa = 28;
    private const string Library = "libunbound.so.8";

    [LibraryImport(Library, EntryPoint = "ub_ctx_create")]
    public static partial nint Create();

    [LibraryImport(Library, EntryPoint = "ub_ctx_delete")]
    public static partial void Delete(nint context);

    [LibraryImport(Library, EntryPoint = "ub_ctx_set_option", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetOption(nint context, string option, string value);

    [LibraryImport(Library, EntryPoint = "ub_ctx_set_fwd", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetForwarder(nint context, string address);

    [LibraryImport(Library, EntryPoint = "ub_ctx_resolvconf")]
    public static partial int UseSystemResolvers(nint context, nint fileName);

    [LibraryImport(Library, EntryPoint = "ub_ctx_add_ta_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddTrustAnchors(nint context, string file);

    [LibraryImport(Library, EntryPoint = "ub_ctx_zone_remove", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveLocalZone(nint context, string zone);

    [LibraryImport(Library, EntryPoint = "ub_ctx_debugout")]
    public static partial int LogTo(nint context, nint file);

    [LibraryImport(Library, EntryPoint = "ub_ctx_async")]
    public static partial int AnswerInThread(nint context, int thread);

    [LibraryImport(Library, EntryPoint = "ub_process")]
    public static partial int Process(nint context);

    [LibraryImport(Library, EntryPoint = "ub_resolve_free")]
    public static partial void Free(Result* result);

    public static int Ask(nint context, string name, int type, nint key)
    {
        const int internet = 1;
        return ResolveAsync(context, name, type, internet, key, &DnsResolver.Answered, out _);
    }

    [LibraryImport(Library, EntryPoint = "ub_resolve_async", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ResolveAsync(
        nint context, string name, int type, int @class, nint key, delegate* unmanaged[Cdecl]<nint, int, Result*, void> callback, out int asyncId);

    /// <summary>`struct ub_result` of unbound.h, 1.17. The C ints are followed by the padding that the platform's layout gives both sides.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public byte* Name;
        public int Type;
        public int Class;

        /// <summary>Ends in a null pointer.</summary>
        public byte** Data;
        public int* Lengths;
        public byte* CanonicalName;
        public int ResponseCode;
        public byte* AnswerPacket;
        public int AnswerLength;
        public int HaveData;
        public int NoSuchDomain;
        public int Secure;
        public int Bogus;
        public byte* WhyBogus;
        public int WasRateLimited;
        public int TimeToLive;
    }
}
