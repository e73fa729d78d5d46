using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Egida.HashSearch.Exact;
using Egida.HashSearch.Files;

namespace Egida.HashSearch;

/// <summary>Makes and opens <see cref="ExactIndex{TDigest}"/>es.</summary>
public static class ExactIndex
{
    /// <summary>What a look-up gives for a digest that no record has.</summary>
    public const int NotFound = -1;

    /// <summary>Builds an index in memory. A record's number is its place among the digests, from 0.</summary>
    /// <param name="digests">In any order; equal ones are several records with one digest.</param>
    /// <remarks>40 million digests take a few seconds on one thread, and no memory beyond the index but some bytes for each digest that isn't unique.</remarks>
    public static ExactIndex<TDigest> Build<TDigest>(ReadOnlySpan<TDigest> digests, CancellationToken cancellation = default)
        where TDigest : unmanaged, IDigest<TDigest>
    {
        Span<ulong> secret = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(secret));
        return Build(digests, secret[0] | 1, secret[1] | 1, cancellation);
    }

    /// <summary>
    /// Opens a file where it is: at once, however large, and shared by all processes that have it open. Pages come from the disk when a
    /// look-up first needs them.
    /// </summary>
    /// <remarks>
    /// Only sizes are checked. Of a damaged file, look-ups may give wrong answers, but do no harm; <see cref="ExactIndex{TDigest}.Verify"/> finds
    /// out. Look-ups in a large file take two to three times as long as after <see cref="Load"/>, because a mapped file's pages are small.
    /// </remarks>
    /// <exception cref="IndexFileException">It isn't an exact index of this kind of digest, or it is newer, truncated or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ExactIndex<TDigest> Open<TDigest>(string path) where TDigest : unmanaged, IDigest<TDigest> => ExactFile<TDigest>.Open(path);

    /// <summary>Opens an index that lies inside another file, as it was copied there byte for byte.</summary>
    /// <param name="path">The file around it.</param>
    /// <param name="offset">Where it begins: a multiple of 4,096.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <inheritdoc cref="Open{TDigest}(string)"/>
    public static ExactIndex<TDigest> Open<TDigest>(string path, long offset, long length) where TDigest : unmanaged, IDigest<TDigest> =>
        ExactFile<TDigest>.Open(path, FileRange.Of(offset, length));

    /// <summary>Reads a file into memory, in large pages where the system has them, and compares it with its checksums: a second or two for a gigabyte.</summary>
    /// <exception cref="IndexFileException">It isn't an exact index of this kind of digest, or it is newer, truncated or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ExactIndex<TDigest> Load<TDigest>(string path, CancellationToken cancellation = default) where TDigest : unmanaged, IDigest<TDigest> =>
        ExactFile<TDigest>.Load(path, cancellation);

    /// <param name="mixer">Odd; see <see cref="ExactShape"/>.</param>
    /// <param name="multiplier">Odd.</param>
    internal static ExactIndex<TDigest> Build<TDigest>(ReadOnlySpan<TDigest> digests, ulong mixer, ulong multiplier, CancellationToken cancellation = default)
        where TDigest : unmanaged, IDigest<TDigest> =>
        ExactAssembly.Build(digests, new(digests.Length, ExactShape.LinesFor(digests.Length), mixer, multiplier), cancellation);
}
