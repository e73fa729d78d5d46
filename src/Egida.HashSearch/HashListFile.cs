using Egida.HashSearch.Lists;

namespace Egida.HashSearch;

/// <summary>Receives the hashes of a list, one by one. The entry's bytes are valid until it returns.</summary>
public delegate void HashListHandler(in HashListEntry entry);

/// <summary>
/// Reads lists of hashes as they are exchanged: text with a hash a line, of any length, in constant memory.
/// </summary>
/// <remarks>
/// <para>A line is, with parts in brackets left out or not:</para>
/// <code>[signal_type ][hash=]hexadecimal digits of either case[,metadata]</code>
/// <para>where <see cref="HashKind.Opaque144"/> may be written in base64 too.</para>
/// <para>
/// That takes in PDQ lists as Meta's tools write them (<c>hash=…,filename</c>, or bare), bare MD5, SHA-1 and SHA-256 lists, and the local file of
/// python-threatexchange (<c>pdq …</c>, <c>video_md5 …</c>; lines of other signal types are skipped and counted). Lines end in LF or CRLF; a
/// UTF-8 byte order mark, blank lines, and space and tabs around a line are fine. A line that begins with <c>#</c> is a comment: no published format has
/// them, but no hash begins so, and many lists do.
/// </para>
/// <para>
/// Whatever else there is, is refused by its line: reported with number and reason, never with its content, and counted. A list in UTF-16 is
/// refused as a whole.
/// </para>
/// </remarks>
public static class HashListFile
{
    /// <summary>Reads a list from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the list holds; 64 digits alone don't say whether they are PDQ or SHA-256.</param>
    /// <param name="handler">Receives every hash, in the list's order.</param>
    /// <param name="options">How strict to be, and whom to tell about progress.</param>
    /// <exception cref="HashListException">The list is in UTF-16; or a line was refused, and the options are strict.</exception>
    public static HashListSummary Read(
        string path, HashKind kind, HashListHandler handler, HashListOptions? options = null, CancellationToken cancellation = default)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return Read(file, kind, handler, options, cancellation);
    }

    /// <summary>Reads a list from a stream, from where it stands to its end.</summary>
    /// <inheritdoc cref="Read(string, HashKind, HashListHandler, HashListOptions?, CancellationToken)"/>
    public static HashListSummary Read(
        Stream stream, HashKind kind, HashListHandler handler, HashListOptions? options = null, CancellationToken cancellation = default)
    {
        if (!Enum.IsDefined(kind)) throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of hash.");
        return new HashListReader(kind, handler, options ?? new()).Read(stream, cancellation);
    }
}
