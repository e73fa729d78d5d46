namespace Egida.HashBank.Imports;

/// <summary>What a source says about one item, as a reader understood it, or why it wasn't understood. Closed: a row is one of the two.</summary>
internal abstract record ImportRow
{
    private ImportRow()
    {
    }

    /// <summary>Where it stands in the file: its line or its number among the entries, from 1. A run that was interrupted goes on behind the last one it kept.</summary>
    public required long Place { get; init; }

    public sealed record Item : ImportRow
    {
        /// <summary>The source's own name of the entry, where it has one: by it a later entry replaces or takes back an earlier one.</summary>
        public string? Key { get; init; }

        /// <summary><see cref="HashBank.Says.Known"/>, <see cref="HashBank.Says.Benign"/> or <see cref="HashBank.Says.TakesBack"/>.</summary>
        public Says Says { get; init; } = Says.Known;

        /// <summary>The same object for all rows that say the same. Null where the source only says that it is known, or takes it back.</summary>
        public Classification? Classification { get; init; }

        public RecordFlags Flags { get; init; }

        /// <summary>Empty only where <see cref="Key"/> alone says what is taken back.</summary>
        public required ItemHashes Hashes { get; init; }
    }

    /// <param name="Code">For programs: one of <see cref="HashText.Reading.Bad"/>'s, or the format's own.</param>
    /// <param name="Detail">For people, in English; never repeats the hash or a text of the file.</param>
    public sealed record Refused(string Code, string Detail) : ImportRow;
}
