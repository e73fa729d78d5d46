namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// Steps 2 and 3: two rounds of blurring along rows and columns, then 64×64 samples. A picture that is 64×64 already is
/// taken as it is.
/// </summary>
internal sealed class Downsampling
{
    public const int Side = 64;

    private readonly int _width, _height;
    private readonly BoxWindow _alongRows;
    private readonly ColumnBox _first, _second;
    private readonly float[] _row, _between, _blurred;
    private readonly float[,] _samples = new float[Side, Side];
    private int _rowsOut, _sampled;
    private bool _finished;

    public Downsampling(int width, int height)
    {
        (_width, _height) = (width, height);
        _alongRows = BoxWindow.ForSide(width);
        var downColumns = BoxWindow.ForSide(height);
        (_first, _second) = (new(width, downColumns), new(width, downColumns));
        (_row, _between, _blurred) = (new float[width], new float[width], new float[width]);
    }

    private bool AlreadySmall => _width == Side && _height == Side;

    public void Add(ReadOnlySpan<float> luma)
    {
        if (AlreadySmall)
        {
            Sample(luma);
            return;
        }
        RowBox.Blur(luma, _row, _alongRows);
        if (_first.Add(_row, _between)) SecondRound();
    }

    public float[,] Finish()
    {
        if (!AlreadySmall && !_finished)
        {
            while (_first.Drain(_between)) SecondRound();
            while (_second.Drain(_blurred)) Sample(_blurred);
        }
        _finished = true;
        return _samples;
    }

    private void SecondRound()
    {
        RowBox.Blur(_between, _row, _alongRows);
        if (_second.Add(_row, _blurred)) Sample(_blurred);
    }

    // A picture with fewer than 64 rows gives the same row to several rows of samples.
    private void Sample(ReadOnlySpan<float> blurred)
    {
        for (; _sampled < Side && Position(_sampled, _height) == _rowsOut; _sampled++)
            for (var j = 0; j < Side; j++)
                _samples[_sampled, j] = blurred[Position(j, _width)];
        _rowsOut++;
    }

    private static int Position(int sample, int pixels) => (int)((sample + 0.5) * pixels / Side);
}
