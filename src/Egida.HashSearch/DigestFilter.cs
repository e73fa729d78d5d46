namespace Egida.HashSearch;

/// <summary>How sure a hit in a <see cref="DigestFilter{TDigest}"/> is, and what that costs.</summary>
public enum DigestFilterSize
{
    /// <summary>About 9 bits a digest. Of files that aren't in the list, one in 256 is a hit all the same.</summary>
    Small = 8,

    /// <summary>About 18 bits a digest. Of files that aren't in the list, one in 65,536 is a hit all the same.</summary>
    Precise = 16,
}

/// <summary>Makes and reads <see cref="DigestFilter{TDigest}"/>s.</summary>
public static class DigestFilter
{
    /// <summary>Builds a filter from digests in any order; equal ones count once.</summary>
    /// <remarks>40 million take some seconds and, meanwhile, 34 bytes of memory each.</remarks>
    public static DigestFilter<TDigest> Build<TDigest>(ReadOnlySpan<TDigest> digests, DigestFilterSize size = DigestFilterSize.Small)
        where TDigest : unmanaged, IDigest<TDigest> => DigestFilter<TDigest>.Build(digests, size, seed: null);

    /// <summary>Reads a filter as <see cref="DigestFilter{TDigest}.Write"/> wrote it, and checks it.</summary>
    /// <exception cref="IndexFileException">It isn't a filter of this kind of digest, or it is newer, truncated or damaged.</exception>
    public static DigestFilter<TDigest> Read<TDigest>(Stream stream) where TDigest : unmanaged, IDigest<TDigest> =>
        DigestFilter<TDigest>.Read(stream, "the filter");

    /// <summary>Reads a filter from a file, and checks it.</summary>
    /// <exception cref="IndexFileException">It isn't a filter of this kind of digest, or it is newer, truncated or damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static DigestFilter<TDigest> Open<TDigest>(string path) where TDigest : unmanaged, IDigest<TDigest>
    {
        using var file = File.OpenRead(path);
        return DigestFilter<TDigest>.Read(file, path);
    }
}
