namespace Egida.HashSearch.Files;

/// <summary>A whole file as read-only memory.</summary>
/// <remarks>
/// It has no finalizer on purpose: a pointer into it doesn't keep it alive, so only who knows that no reader is left may
/// let go of it. A file that is mapped must not be shortened; index files never are, they are replaced.
/// </remarks>
internal abstract unsafe class MappedFile : IDisposable
{
    protected MappedFile(byte* pointer, long length)
    {
        Pointer = pointer;
        Length = length;
    }

    /// <summary>The first byte; at the begin of a page, unless the file is empty.</summary>
    public byte* Pointer { get; }

    public long Length { get; }

    /// <summary>The bytes of a small file.</summary>
    public ReadOnlySpan<byte> Bytes => new(Pointer, checked((int)Length));

    /// <summary>Reads the whole file into memory, so that the first queries needn't wait for the disk.</summary>
    public virtual void Populate(CancellationToken cancellation)
    {
    }

    public abstract void Dispose();
}
