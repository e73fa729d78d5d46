namespace Egida.HashBank.Imports;

/// <summary>A form in which sources hand over hashes.</summary>
internal interface IImportFormat
{
    /// <summary>As people choose it: `vics`, `icse`, `pdq-list` …</summary>
    string Name { get; }

    /// <summary>
    /// The rows of a stream in its order, in constant memory however long it is. Bytes that can't be a row are a refused row; the file as a whole is refused
    /// with <see cref="ImportRefusedException"/>, after the rows before the place where it stops making sense.
    /// </summary>
    /// <param name="file">Read forwards only; may be packed upstream, so it has no length.</param>
    IEnumerable<ImportRow> Read(Stream file);
}

/// <summary>A file can't be read any further. The message says where, what is wrong and what to do; never what stands there.</summary>
internal sealed class ImportRefusedException(string message) : Exception(message);
