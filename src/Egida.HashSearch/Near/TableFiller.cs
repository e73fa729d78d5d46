using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Fills the tables of a part, one after the other.</summary>
internal sealed unsafe class TableFiller : IDisposable
{
    private readonly TableDealer _dealer;
    private readonly SectionFiller _section;
    private readonly Sections _sections;
    private byte* _to;

    /// <param name="layout">Where codes stand.</param>
    /// <param name="codes">In the order of the first table.</param>
    /// <param name="count">How many codes.</param>
    /// <param name="lines">Room for all lines of all tables. Every line is written, whatever was there before.</param>
    public TableFiller(ChunkLayout layout, Hash256* codes, int count, byte* lines)
    {
        _to = lines;
        _dealer = new(layout, codes, count, KernelRegistry.Preferred);
        _sections = _dealer.Sections;
        _section = new(_sections.Lines, lines + ((long)layout.Count << layout.LineBits) * Line.Bytes);
    }

    /// <inheritdoc cref="SectionFiller.Continuations"/>
    public int Continuations => _section.Continuations;

    /// <summary>Fills the table of the next chunk.</summary>
    /// <param name="chunk">0, 1 and so on.</param>
    /// <param name="numbers">Where the numbers of the codes go; the first table has none.</param>
    /// <param name="cancellation">Ends the filling with an exception.</param>
    public void Fill(int chunk, PackedNumbers numbers, CancellationToken cancellation)
    {
        _dealer.Deal(chunk, cancellation);
        var (position, writer) = (0, chunk == 0 ? null : numbers.Writer());
        for (var section = 0; section < _sections.Count; section++)
        {
            cancellation.ThrowIfCancellationRequested();
            var dealt = _dealer[section];
            _section.Fill(_to, dealt, position, writer);
            _to += _sections.Lines * Line.Bytes;
            position += dealt.Length;
        }
        writer?.Finish();
    }

    public void Dispose() => _dealer.Dispose();
}
