using System.Text;
using Egida.Platform.Sandboxing;

namespace Egida.Decoding;

/// <summary>What the first bytes say. A name or a declared type is never asked.</summary>
internal static class Signature
{
    private const int Looked = 4096;
    private const int TransportPacket = 188;

    public static MediaFormat Of(Stream file)
    {
        var buffer = new byte[Looked];
        file.Position = 0;
        var read = file.ReadAtLeast(buffer, Looked, throwOnEndOfStream: false);

        // Latin-1 keeps every byte a character, so that signatures can be written as text.
        var start = Encoding.Latin1.GetString(buffer, 0, read);
        return OfBinary(start) ?? OfText(start);
    }

    private static MediaFormat? OfBinary(string start)
    {
        bool Has(string signature, int at = 0) => start.AsSpan(Math.Min(at, start.Length)).StartsWith(signature, StringComparison.Ordinal);

        if (Has("\xFF\xD8\xFF")) return MediaFormat.Jpeg;
        if (Has("\x89PNG\r\n\u001a\n")) return MediaFormat.Png;
        if (Has("GIF87a") || Has("GIF89a")) return MediaFormat.Gif;
        if (Has("II*\0") || Has("MM\0*") || Has("II+\0") || Has("MM\0+")) return MediaFormat.Tiff;
        if (Has("RIFF") && Has("WEBP", 8)) return MediaFormat.WebP;
        if (Has("RIFF") && Has("AVI ", 8)) return MediaFormat.Avi;
        if (Has("ftyp", 4)) return OfBrand(start);
        if (Has("moov", 4) || Has("mdat", 4) || Has("wide", 4) || Has("free", 4)) return MediaFormat.Mp4;
        if (Has("\u001aE\xDF\xA3")) return MediaFormat.Matroska;
        if (Has("FLV\u0001")) return MediaFormat.FlashVideo;
        if (Has("\0\0\u0001\xBA") || Has("\0\0\u0001\xB3")) return MediaFormat.MpegProgram;
        if (Has("G") && Has("G", TransportPacket) && Has("G", 2 * TransportPacket)) return MediaFormat.MpegTransport;
        if (Has("\x30\x26\xB2\x75\x8E\x66\xCF\x11")) return MediaFormat.WindowsMedia;
        if (Has("OggS")) return MediaFormat.Ogg;
        if (Has("PK\u0003\u0004")) return MediaFormat.Zip;
        return null;
    }

    // ISO/IEC 14496-12, 4.3: the major brand and then the compatible ones, four characters each.
    private static MediaFormat OfBrand(string start)
    {
        var length = Math.Min(start.Length, start[2] * 256 + start[3]);
        var brands = Enumerable.Range(2, Math.Max(0, length / 4 - 2)).Where(word => word != 3).Select(word => start.Substring(word * 4, 4)).ToList();
        if (brands.Exists(brand => brand is "avif" or "avis")) return MediaFormat.Avif;
        if (brands.Exists(brand => brand is "heic" or "heix" or "hevc" or "hevx" or "mif1" or "msf1")) return MediaFormat.Heic;
        return MediaFormat.Mp4;
    }

    private static MediaFormat OfText(string start)
    {
        if (start.Contains("%PDF-", StringComparison.Ordinal)) return MediaFormat.Pdf;
        if (start.Contains("<svg", StringComparison.OrdinalIgnoreCase)) return MediaFormat.Svg;
        if (start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase))
            return MediaFormat.Html;
        return MediaFormat.Unknown;
    }
}
