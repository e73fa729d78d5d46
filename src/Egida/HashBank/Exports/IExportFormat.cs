namespace Egida.HashBank.Exports;

/// <summary>A form in which our own hashes go out.</summary>
internal interface IExportFormat
{
    string Name { get; }

    /// <summary>Whether it can say that an earlier entry is to be taken out.</summary>
    bool CarriesGone => false;

    /// <returns>How many of the items the form could carry.</returns>
    Task<int> Write(IAsyncEnumerable<ExportItem> items, Stream to, CancellationToken cancellation);
}
