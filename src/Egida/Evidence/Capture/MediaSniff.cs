namespace Egida.Evidence.Capture;

/// <summary>A first guess at what came, only to sort it: page or media. What it really is the sandbox finds out.</summary>
internal static class MediaSniff
{
    public static bool IsMedia(string? claimed, ReadOnlySpan<byte> start) =>
        claimed is not null && (claimed.StartsWith("image/", StringComparison.Ordinal) || claimed.StartsWith("video/", StringComparison.Ordinal)
            || claimed.StartsWith("audio/", StringComparison.Ordinal))
        || LooksLikeMedia(start);

    public static bool MayBeHtml(string? claimed) =>
        claimed is null or "text/html" or "application/xhtml+xml" or "text/plain" or "application/xml" or "text/xml" or "application/octet-stream";

    private static bool LooksLikeMedia(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || start.StartsWith("GIF8"u8)
        || start.StartsWith("RIFF"u8)
        || start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
        || start.Length >= 8 && start[4..8].SequenceEqual("ftyp"u8);
}
