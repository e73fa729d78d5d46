namespace Egida.Match.Tool.Archives;

/// <summary>Archives that are looked into.</summary>
internal enum ArchiveForm
{
    None,
    Zip,
    Tar,

    /// <summary>Compressed: a tar, or one file.</summary>
    Gzip,
}

/// <summary>Tells archives by their first bytes, as everything else. Many documents and programs are zip files, and are looked into like any other.</summary>
internal static class ArchiveForms
{
    private const int TarMagicAt = 257;

    public static ArchiveForm Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8)) return ArchiveForm.Zip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8])) return ArchiveForm.Gzip;
        return IsTar(head) ? ArchiveForm.Tar : ArchiveForm.None;
    }

    public static bool IsTar(ReadOnlySpan<byte> head) => head.Length >= 512 && head[TarMagicAt..].StartsWith("ustar"u8);
}
