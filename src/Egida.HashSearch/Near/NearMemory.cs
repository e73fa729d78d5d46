namespace Egida.HashSearch.Near;

/// <summary>Where the pieces of a part are, in memory of its own or in a file, and what has to be given back at the end.</summary>
internal sealed unsafe class NearMemory(params IDisposable[] owned) : IDisposable
{
    /// <summary>The tables' lines, table after table, and then the lines that continue others.</summary>
    public required byte* Lines { get; init; }

    /// <summary>Of every table but the first: the number of the code at each position, packed.</summary>
    public required byte* Numbers { get; init; }

    /// <summary>In the order of the first table.</summary>
    public required Hash256* Codes { get; init; }

    /// <summary>Of every code its record, or the complement of the number of a list of records.</summary>
    public required int* Records { get; init; }

    /// <summary>Where each list ends among the listed records.</summary>
    public required int* ListEnds { get; init; }

    /// <summary>The records of codes that have several, list after list.</summary>
    public required int* Listed { get; init; }

    public void Dispose()
    {
        foreach (var piece in owned) piece.Dispose();
    }
}
