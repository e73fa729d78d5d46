using System.Runtime.InteropServices;

namespace Egida.Platform.Mail;

/// <summary>The dozen calls of libgmime-3.0 (Debian: libgmime-3.0-0) that composing needs. Every object made here is ours to unref; adding it somewhere takes a second reference.</summary>
internal static partial class GMime
{
    private const string Library = "libgmime-3.0.so.0";

    private static readonly Lazy<bool> Initialised = new(() =>
    {
        try
        {
            Init();
            return true;
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidOperationException("The library libgmime-3.0 is missing, so no mail can be composed: install Debian's package libgmime-3.0-0.", e);
        }
    });

    public enum AddressType
    {
        From = 1,
        ReplyTo = 2,
        To = 3,
    }

    public static void Ensure() => _ = Initialised.Value;

    [LibraryImport(Library, EntryPoint = "g_mime_init")]
    private static partial void Init();

    [LibraryImport(Library, EntryPoint = "g_mime_message_new")]
    public static partial GObject MessageNew([MarshalAs(UnmanagedType.Bool)] bool prettyHeaders);

    [LibraryImport(Library, EntryPoint = "g_mime_message_add_mailbox", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void MessageAddMailbox(GObject message, AddressType type, string? name, string address);

    [LibraryImport(Library, EntryPoint = "g_mime_message_set_subject", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void MessageSetSubject(GObject message, string subject, string charset);

    [LibraryImport(Library, EntryPoint = "g_mime_message_set_message_id", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void MessageSetMessageId(GObject message, string id);

    [LibraryImport(Library, EntryPoint = "g_mime_message_set_mime_part")]
    public static partial void MessageSetMimePart(GObject message, GObject part);

    [LibraryImport(Library, EntryPoint = "g_mime_object_set_header", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetHeader(GObject target, string name, string value, string charset);

    [LibraryImport(Library, EntryPoint = "g_mime_object_set_content_type_parameter", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetContentTypeParameter(GObject target, string name, string value);

    [LibraryImport(Library, EntryPoint = "g_mime_object_set_disposition", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetDisposition(GObject target, string disposition);

    [LibraryImport(Library, EntryPoint = "g_mime_multipart_new_with_subtype", StringMarshalling = StringMarshalling.Utf8)]
    public static partial GObject MultipartNew(string subtype);

    [LibraryImport(Library, EntryPoint = "g_mime_multipart_add")]
    public static partial void MultipartAdd(GObject multipart, GObject part);

    [LibraryImport(Library, EntryPoint = "g_mime_part_new_with_type", StringMarshalling = StringMarshalling.Utf8)]
    public static partial GObject PartNew(string type, string subtype);

    [LibraryImport(Library, EntryPoint = "g_mime_part_set_content")]
    public static partial void PartSetContent(GObject part, GObject content);

    [LibraryImport(Library, EntryPoint = "g_mime_part_set_content_encoding")]
    public static partial void PartSetEncoding(GObject part, PartEncoding encoding);

    [LibraryImport(Library, EntryPoint = "g_mime_part_set_filename", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void PartSetFileName(GObject part, string name);

    [LibraryImport(Library, EntryPoint = "g_mime_stream_mem_new")]
    public static partial GObject MemoryStreamNew();

    [LibraryImport(Library, EntryPoint = "g_mime_stream_mem_new_with_buffer")]
    public static partial GObject MemoryStreamNew(ReadOnlySpan<byte> content, nuint length);

    [LibraryImport(Library, EntryPoint = "g_mime_stream_mem_get_byte_array")]
    public static partial nint MemoryStreamBytes(GObject stream);

    [LibraryImport(Library, EntryPoint = "g_mime_data_wrapper_new_with_stream")]
    public static partial GObject DataNew(GObject stream, int encoding);

    [LibraryImport(Library, EntryPoint = "g_mime_object_write_to_stream")]
    public static partial nint Write(GObject target, nint options, GObject stream);

    /// <summary>One reference to a GObject.</summary>
    internal sealed partial class GObject() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            Unref(handle);
            return true;
        }

        [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_object_unref")]
        private static partial void Unref(nint target);
    }

    /// <summary>GLib's GByteArray.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ByteArray
    {
        public nint Data;
        public uint Length;
    }
}
