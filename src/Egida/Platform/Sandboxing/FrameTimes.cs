using System.Globalization;
using System.Text;

namespace Egida.Platform.Sandboxing;

/// <summary>
/// The times of sampled frames, from the list that ffmpeg's framecrc writes: a line of numbers a frame, its time stamp the
/// third. The time stamp is the frame's number in the video times <see cref="Modulus"/> and its time in milliseconds.
/// </summary>
internal sealed class FrameTimes(int most)
{
    /// <summary>Eleven days in milliseconds; with nine million frames it fits into the 53 bits with which ffmpeg calculates.</summary>
    public const long Modulus = 1_000_000_000;

    private const int LongestLine = 128;
    private readonly List<(int Number, double Seconds)> _times = [];
    private bool _broken;

    public IReadOnlyList<(int Number, double Seconds)> Times => _times;

    /// <summary>Reads to the end of the stream, whatever is in it. After a malformed line nothing more is taken.</summary>
    public void Read(Stream stream)
    {
        var (buffer, line, length) = (new byte[4096], new byte[LongestLine], 0);
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                if (value != '\n')
                {
                    if (length < LongestLine) line[length] = value;
                    length++;
                    continue;
                }
                Take(length <= LongestLine ? Encoding.ASCII.GetString(line, 0, length) : "");
                length = 0;
            }
        }
    }

    private void Take(string line)
    {
        if (_broken || _times.Count == most || line.StartsWith('#')) return;
        var fields = line.Split(',');
        if (fields.Length == 6 && long.TryParse(fields[2].AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) && stamp / Modulus <= int.MaxValue)
            _times.Add(((int)(stamp / Modulus), stamp % Modulus / 1000.0));
        else
            _broken = true;
    }
}
