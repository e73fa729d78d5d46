using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>Puts note and body together.</summary>
internal static class ListFileWriter
{
    public static void Write(string path, ReadOnlySpan<byte> note, BodyWriter body)
    {
        if (note.Length > SignedHeader.MostBytes - ListSection.Alignment) throw new InvalidOperationException($"The header of '{path}' takes {note.Length} bytes, which is too much: use shorter names.");
        var whole = path + ".tmp";
        try
        {
            using (var file = new FileStream(whole, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(note);
                file.Write(new byte[ListSection.Align(note.Length) - note.Length]);
                body.CopyTo(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(whole, path, overwrite: true);
        }
        catch
        {
            File.Delete(whole);
            throw;
        }
    }
}
