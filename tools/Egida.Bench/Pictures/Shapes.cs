namespace Egida.Bench.Pictures;

/// <summary>Ellipses and boxes of all sizes, turned, shaded and with a surface, before a soft background: things on a table.</summary>
internal static class Shapes
{
    public static Picture Draw(int width, int height, Random random)
    {
        var background = new Clouds(random.Next(), 2, 5);
        var (near, far) = (Colour.Random(random), Colour.Random(random));
        var picture = Picture.Of(width, height, (x, y) => near.Towards(far, 0.5f * y + 0.6f * background.At(x, y)));
        for (var i = random.Next(5, 14); i > 0; i--) new Thing(random, width, height).PaintOn(picture);
        return picture;
    }

    private sealed class Thing(Random random, int width, int height)
    {
        private readonly float _x = random.NextSingle() * width, _y = random.NextSingle() * height;
        private readonly float _half = (0.04f + 0.2f * random.NextSingle() * random.NextSingle()) * width, _ratio = 0.3f + random.NextSingle();
        private readonly float _angle = random.NextSingle() * MathF.PI;
        private readonly bool _round = random.Next(2) == 0;
        private readonly Colour _colour = Colour.Random(random);
        private readonly Clouds _surface = new(random.Next(), random.Next(3, 12), 4);

        public void PaintOn(Picture picture)
        {
            var (sin, cos) = MathF.SinCos(_angle);
            var reach = (int)(_half * Math.Max(1, _ratio) * 1.5f) + 1;
            for (var y = (int)_y - reach; y <= (int)_y + reach; y++)
            {
                for (var x = (int)_x - reach; x <= (int)_x + reach; x++)
                {
                    var u = ((x - _x) * cos + (y - _y) * sin) / _half;
                    var v = (-(x - _x) * sin + (y - _y) * cos) / (_half * _ratio);
                    if (_round ? u * u + v * v > 1 : Math.Abs(u) > 1 || Math.Abs(v) > 1) continue;
                    // Light from the upper left.
                    picture.Set(x, y, _colour.Lit(0.55f + 0.5f * _surface.At(u, v) - 0.2f * (u + v)));
                }
            }
        }
    }
}
