using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Egida.Police.Pdf;

/// <summary>The calls of libcairo and libpangocairo (Debian: libpangocairo-1.0-0) that writing a PDF of text needs. Each *_new and *_create is ours to give back.</summary>
internal static unsafe partial class Cairo
{
    private const string Library = "libcairo.so.2";
    private const string Pango = "libpango-1.0.so.0";
    private const string PangoCairo = "libpangocairo-1.0.so.0";
    private const string Objects = "libgobject-2.0.so.0";

    /// <summary>Pango's lengths are in this part of a point.</summary>
    public const int PangoScale = 1024;

    public enum Metadata
    {
        Title = 0,
        Author = 1,
        Creator = 4,
        CreateDate = 5,
        ModDate = 6,
    }

    /// <summary>Gets every byte of the file; <paramref name="closure"/> is a handle of a stream.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Write(nint closure, byte* data, uint length)
    {
        try
        {
            ((Stream)GCHandle.FromIntPtr(closure).Target!).Write(new ReadOnlySpan<byte>(data, (int)length));
            return 0;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OutOfMemoryException)
        {
            // CAIRO_STATUS_WRITE_ERROR: no exception may go through C.
            return 11;
        }
    }

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_create_for_stream")]
    public static partial nint SurfaceForStream(delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write, nint closure, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_set_metadata", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetMetadata(nint surface, Metadata which, string value);

    [LibraryImport(Library, EntryPoint = "cairo_surface_finish")]
    public static partial void Finish(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_status")]
    public static partial int Status(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_destroy")]
    public static partial void DestroySurface(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_create")]
    public static partial nint Create(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_destroy")]
    public static partial void Destroy(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_move_to")]
    public static partial void MoveTo(nint context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_show_page")]
    public static partial void ShowPage(nint context);

    [LibraryImport(PangoCairo, EntryPoint = "pango_cairo_create_layout")]
    public static partial nint CreateLayout(nint context);

    [LibraryImport(PangoCairo, EntryPoint = "pango_cairo_show_layout")]
    public static partial void ShowLayout(nint context, nint layout);

    [LibraryImport(Pango, EntryPoint = "pango_layout_set_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetText(nint layout, string text, int length);

    [LibraryImport(Pango, EntryPoint = "pango_layout_set_width")]
    public static partial void SetWidth(nint layout, int width);

    [LibraryImport(Pango, EntryPoint = "pango_layout_set_wrap")]
    public static partial void SetWrap(nint layout, int wrap);

    [LibraryImport(Pango, EntryPoint = "pango_layout_get_size")]
    public static partial void GetSize(nint layout, out int width, out int height);

    [LibraryImport(Pango, EntryPoint = "pango_font_description_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FontOf(string description);

    [LibraryImport(Pango, EntryPoint = "pango_layout_set_font_description")]
    public static partial void SetFont(nint layout, nint font);

    [LibraryImport(Pango, EntryPoint = "pango_font_description_free")]
    public static partial void FreeFont(nint font);

    [LibraryImport(Objects, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);
}
