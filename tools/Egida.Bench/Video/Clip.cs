using Egida.Bench.Pictures;

namespace Egida.Bench.Video;

/// <summary>
/// A harmless video of any length: scenes of two to seven seconds, in each of which a camera moves over a drawn picture. A
/// frame is drawn for any moment, so that the same clip can be taken at other times and other rates.
/// </summary>
internal sealed class Clip
{
    private const int Width = 256, Height = 192;
    private readonly List<Scene> _scenes = [];

    public Clip(int seed, double seconds)
    {
        var random = new Random(seed);
        for (var from = 0.0; from < seconds; from = _scenes[^1].Until)
            _scenes.Add(new(from, from + 2 + 5 * random.NextDouble(), Drawn.Number(random.Next(1 << 20)), random));
        Seconds = seconds;
    }

    public double Seconds { get; }

    public Picture At(double seconds) => _scenes.First(scene => seconds < scene.Until || scene == _scenes[^1]).At(seconds);

    private sealed class Scene(double from, double until, Picture picture, Random random)
    {
        private readonly (float X, float Y, float Size) _first = Window(random), _last = Window(random);

        public double Until => until;

        public Picture At(double seconds)
        {
            var share = (float)((seconds - from) / (until - from));
            var (x, y, size) = (Mixed(_first.X, _last.X, share), Mixed(_first.Y, _last.Y, share), Mixed(_first.Size, _last.Size, share));
            var frame = new Picture(Width, Height);
            for (var row = 0; row < Height; row++)
            {
                var fromY = (int)((y + size * (row + 0.5f) / Height) * picture.Height);
                for (var column = 0; column < Width; column++)
                    picture[(int)((x + size * (column + 0.5f) / Width) * picture.Width), fromY].CopyTo(frame[column, row]);
            }
            return frame;
        }

        private static (float, float, float) Window(Random random)
        {
            var size = 0.6f + 0.3f * random.NextSingle();
            return ((1 - size) * random.NextSingle(), (1 - size) * random.NextSingle(), size);
        }

        private static float Mixed(float first, float last, float share) => first + (last - first) * Math.Clamp(share, 0, 1);
    }
}
