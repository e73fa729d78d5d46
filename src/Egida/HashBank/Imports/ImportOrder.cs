namespace Egida.HashBank.Imports;

/// <summary>What is to be imported.</summary>
/// <param name="Source">The source's code.</param>
/// <param name="Name">Of the file, for people.</param>
/// <param name="Fingerprint">What makes this file be this file: by it an interrupted import goes on.</param>
/// <param name="Length">In bytes, if that is known.</param>
/// <param name="Rows">In their order, the same each time; read on a thread of its own.</param>
/// <param name="Position">How many of the bytes are read; asked while rows are read.</param>
internal sealed record ImportOrder(string Source, string Format, string Name, byte[] Fingerprint, long? Length, IEnumerable<ImportRow> Rows, Func<long> Position)
{
    /// <summary>
    /// Under <see cref="Rows"/>, which may then be read again from the beginning: what is left out of them when an import goes on was really kept. Null where the fingerprint is a digest of the whole.
    /// </summary>
    public ContentMark? Mark { get; init; }

    /// <summary>Not the rest of one that was interrupted, whatever the fingerprint says.</summary>
    public bool IsAnew { get; init; }

    /// <summary>Says what would change, and changes nothing.</summary>
    public bool IsDry { get; init; }
}

/// <summary>It can't begin; the message says why and what to do.</summary>
internal sealed class ImportImpossibleException(string message) : Exception(message);
