using System.Formats.Tar;
using Egida.Match.Tool.Files;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Archives;

/// <summary>The entries of a tar file, as they come by.</summary>
internal static class TarEntries
{
    public static IEnumerable<ArchiveEntry> Of(Stream stream)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            var name = PathText.Of(entry.Name);
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    yield return new(name, () => entry.DataStream ?? Stream.Null);
                    break;
                case TarEntryType.Directory or TarEntryType.DirectoryList or TarEntryType.GlobalExtendedAttributes:
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    yield return new(name, null, Problem.Link);
                    break;
                default:
                    yield return new(name, null, Problem.Special);
                    break;
            }
        }
    }
}
