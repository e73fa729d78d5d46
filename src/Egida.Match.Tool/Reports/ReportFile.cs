using System.Text;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>
/// The report as it is being written, and the state by which it goes on after an interruption: what the state doesn't know of is cut off and scanned again,
/// so the report comes out the same.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private readonly IReport _form;
    private readonly Stream _file;
    private readonly StreamWriter _text;
    private readonly string? _statePath;
    private readonly TimeProvider _clock;
    private ScanState _state;
    private long _saved;

    /// <param name="form">How it is written.</param>
    /// <param name="file">Where; it can seek if there is a state.</param>
    /// <param name="state">How far it has come.</param>
    /// <param name="statePath">Null if it can't be gone on with.</param>
    /// <param name="clock">When it is time to save the state.</param>
    public ReportFile(IReport form, Stream file, ScanState state, string? statePath, TimeProvider clock)
    {
        (_form, _file, _state, _statePath, _clock, _saved) = (form, file, state, statePath, clock, clock.GetTimestamp());
        if (file.CanSeek)
        {
            if (file.Length < state.ReportLength) throw new InvalidDataException("The report is shorter than its state says: it isn't the one that was interrupted. Delete the state to begin anew.");
            file.SetLength(state.ReportLength);
            file.Seek(0, SeekOrigin.End);
        }
        _text = new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { AutoFlush = false };
        if (state.ReportLength == 0) form.Begin(_text);
    }

    public ScanState State => _state;

    public Tally Tally => _state.Tally;

    public void Add(FileReport? report, Place place)
    {
        _state = _state with { Done = place };
        if (report is not null)
        {
            var said = _form.Add(_text, report, _state.ReportCount);
            _state = _state with { Tally = _state.Tally.With(report), ReportCount = _state.ReportCount + (said ? 1 : 0) };
        }
        if (_statePath is not null && _clock.GetElapsedTime(_saved) >= s_between) Save();
    }

    /// <summary>Ends the report.</summary>
    public void Finish()
    {
        _form.End(_text);
        _state = _state with { IsFinished = true };
        Save();
    }

    /// <summary>Makes everything that was added durable, and remembers it.</summary>
    public void Save()
    {
        _text.Flush();
        if (_file is FileStream file) file.Flush(flushToDisk: _statePath is not null);
        _saved = _clock.GetTimestamp();
        if (_statePath is null) return;
        _state = _state with { ReportLength = _file.Length };
        _state.Write(_statePath);
    }

    /// <summary>Closes it as it is; what wasn't saved is scanned again.</summary>
    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }
}
