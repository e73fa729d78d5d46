namespace Egida.HashSearch.Robust;

/// <summary>From a place in the supposed picture to one in the query; both 0 to 1 from left to right and from top to bottom.</summary>
internal readonly record struct PlaceMap(float X, float XByX, float XByY, float Y, float YByX, float YByY)
{
    public static PlaceMap Same { get; } = new(0, 1, 0, 0, 0, 1);

    /// <summary>The query is the supposed picture without these shares of its sides. Negative shares: the query has so much around it.</summary>
    public static PlaceMap Cropped(double left, double top, double right, double bottom)
    {
        var (width, height) = ((float)(1 - left - right), (float)(1 - top - bottom));
        return new((float)-left / width, 1 / width, 0, (float)-top / height, 0, 1 / height);
    }

    /// <summary>The query is the supposed picture turned about its middle in its frame.</summary>
    /// <param name="degrees">Clockwise if positive.</param>
    /// <param name="ratio">Width by height.</param>
    public static PlaceMap Turned(double degrees, double ratio)
    {
        var (sin, cos) = ((float)Math.Sin(degrees * Math.PI / 180), (float)Math.Cos(degrees * Math.PI / 180));
        var (xByY, yByX) = (-sin / (float)ratio, sin * (float)ratio);
        return new(0.5f - 0.5f * cos - 0.5f * xByY, cos, xByY, 0.5f - 0.5f * yByX - 0.5f * cos, yByX, cos);
    }

    public (float X, float Y) Of(float x, float y) => (X + XByX * x + XByY * y, Y + YByX * x + YByY * y);
}
