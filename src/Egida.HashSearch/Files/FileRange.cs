namespace Egida.HashSearch.Files;

/// <summary>Where an index file lies inside another file.</summary>
internal readonly record struct FileRange(long Offset, long Length)
{
    /// <exception cref="ArgumentOutOfRangeException">It doesn't begin at a page.</exception>
    public static FileRange Of(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (offset % Section.Alignment != 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"An index inside a file begins at a multiple of {Section.Alignment}.");
        return new(offset, length);
    }
}
