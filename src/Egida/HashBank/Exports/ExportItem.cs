using System.Text.Json;

namespace Egida.HashBank.Exports;

/// <summary>What leaves the house about one record.</summary>
/// <param name="Classification">That of those whose word may be passed on, not what holds.</param>
/// <param name="Flags">Theirs, too.</param>
internal sealed record ExportItem(HashRecordId Id, ItemHashes Hashes, Classification? Classification, RecordFlags Flags)
{
    /// <summary>It was passed on perhaps, and isn't known material any more, or not by our word: recipients are to take it out. It has no hashes then.</summary>
    public bool IsGone { get; init; }

    public DateTime At { get; init; }

    /// <summary>The number of the record's last change.</summary>
    public long Change { get; init; }

    public bool IsVideo => Hashes.Further.Any(h => h.Kind == HashKind.Frame) || Labels.GetValueOrDefault("medium")?.Contains("video") == true;

    /// <summary>The outcome in a scheme of codes (NCMEC, INTERPOL …), if the law gave one.</summary>
    public string? Code(string scheme) => Classification?.OutcomeIn(scheme);

    public IReadOnlyDictionary<string, string[]> Labels
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<Dictionary<string, string[]>>(Classification?.Labels ?? "{}") ?? [];
            }
            catch (JsonException)
            {
                // Labels of a scheme that isn't groups of codes: nothing that could be passed on in another form.
                return new Dictionary<string, string[]>();
            }
        }
    }

    public byte[]? PhotoDna => Hashes.Further.FirstOrDefault(h => h.Kind == HashKind.PhotoDna).Value;
}
