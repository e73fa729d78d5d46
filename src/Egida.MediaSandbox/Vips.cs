using System.Runtime.InteropServices;

namespace Egida.Decoding;

/// <summary>
/// The few calls of libvips (libvips42, LGPL) that are needed. Operations are run by name through its object system, as the
/// convenient calls take variable argument lists, which can't be called from here. Nothing is released: the process ends soon.
/// </summary>
internal static partial class Vips
{
    private const string Library = "libvips.so.42";
    private const string Objects = "libgobject-2.0.so.0";

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string programName);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void Block(string operation, [MarshalAs(UnmanagedType.Bool)] bool blocked);

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint NewOperation(string name);

    [LibraryImport(Library, EntryPoint = "vips_object_set_argument_from_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetArgument(nint operation, string name, string value);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    internal static partial nint Build(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    internal static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int Width(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int Height(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int Bands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    internal static partial int BandFormat(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial int Interpretation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_n_pages")]
    internal static partial int Pages(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    internal static partial int Orientation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_region_new")]
    internal static partial nint NewRegion(nint image);

    /// <summary>A copy of the pixels; to be freed by <see cref="Free"/>.</summary>
    [LibraryImport(Library, EntryPoint = "vips_region_fetch")]
    internal static partial nint Fetch(nint region, int left, int top, int width, int height, out nuint length);

    [LibraryImport("libglib-2.0.so.0", EntryPoint = "g_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Objects, EntryPoint = "g_value_init")]
    internal static partial nint InitValue(ref GValue value, nuint type);

    [LibraryImport(Objects, EntryPoint = "g_value_set_object")]
    internal static partial void SetObject(ref GValue value, nint instance);

    [LibraryImport(Objects, EntryPoint = "g_value_get_object")]
    internal static partial nint GetObject(ref GValue value);

    [LibraryImport(Objects, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void SetProperty(nint instance, string name, ref GValue value);

    [LibraryImport(Objects, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void GetProperty(nint instance, string name, ref GValue value);

    /// <summary>GObject's tagged value: a type and two words.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        public nuint Type;
        public ulong First, Second;
    }
}

/// <summary>libvips refused. Its text quotes the file and is not kept.</summary>
internal sealed class VipsException : Exception;
