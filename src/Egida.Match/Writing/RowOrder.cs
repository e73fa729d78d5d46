namespace Egida.Match.Writing;

/// <summary>Which row of the list each record has, by the order in which the records were added. Nothing to keep if they were added by ascending number.</summary>
/// <param name="rowOf">Null if the orders are the same.</param>
internal sealed class RowOrder(int[]? rowOf)
{
    public int RowOf(int place) => rowOf is null ? place : rowOf[place];

    public ReadOnlySpan<int> RowsOf(ReadOnlySpan<int> places)
    {
        if (rowOf is null) return places;
        var rows = new int[places.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = rowOf[places[i]];
        return rows;
    }

    public bool IsTheSame => rowOf is null;
}
