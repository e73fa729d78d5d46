using System.Numerics;
using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>Two neighbouring sums of columns are one 32-bit number; a step multiplies such a pair by two weights of 16 bits, the left one lower.</summary>
/// <param name="Place">Where the pair is in the ring.</param>
internal readonly record struct TentStep(int Place, int Weights);

/// <summary>One tent as <see cref="RowTentSums"/> takes it.</summary>
/// <param name="Steps">How many steps each plane has.</param>
/// <param name="Last">The last pair that counts.</param>
/// <param name="Offset">What has to be put back because every sum of a column was lowered.</param>
internal readonly record struct RowTent(int Sample, int Steps, int Last, int Offset, float Scale);

/// <summary>
/// The tents along a row, as lists of steps. One of a step's two weights is zero where the pair holds two colours or goes over
/// the edge of the tent.
/// </summary>
internal sealed unsafe class RowTents
{
    // Heavier ones would reach 32 bits: 32,767 × 65,535 is just below 2³¹.
    private const int MostTogether = 32_767;

    private const int MostLanes = 16;

    private readonly TentStep[] _steps;

    private RowTents(RowTent[] tents, List<TentStep> steps, int planes, int ring)
    {
        (Tents, Planes, Ring) = (tents, planes, ring);
        // Pinned, so that a pointer into them stays good as long as this object is held.
        _steps = GC.AllocateUninitializedArray<TentStep>(steps.Count, pinned: true);
        steps.CopyTo(_steps);
    }

    /// <summary>64, or one more if the last one is in two parts.</summary>
    public RowTent[] Tents { get; }

    public int Planes { get; }

    /// <summary>So many pairs are kept at once: those of the widest tent, and some that come with the last of them. A power of two.</summary>
    public int Ring { get; }

    /// <summary>Tent after tent: the first step of each plane, the second of each, and so on.</summary>
    public TentStep* Steps => (TentStep*)Unsafe.AsPointer(ref _steps[0]);

    public static RowTents ForWidth(int pixels, PixelLayout layout)
    {
        List<TentStep> steps = [];
        List<RowTent> tents = [];
        Tent[] all = [.. Tent.ForSide(pixels, MostTogether)];
        var widest = all.Max(tent => tent.Weights.Length) * layout.Bytes / 2 + 2;
        var ring = (int)BitOperations.RoundUpToPowerOf2((uint)(widest + MostLanes));
        foreach (var tent in all)
        {
            List<TentStep>[] planes = [.. Enumerable.Range(0, layout.Planes).Select(plane => Of(tent, layout.Bytes, layout.PlaceOf(plane)))];
            var last = planes.Max(plane => plane[^1].Place);
            for (var i = 0; i < planes[0].Count; i++) steps.AddRange(planes.Select(plane => plane[i] with { Place = plane[i].Place % ring }));
            tents.Add(new(tent.Sample, planes[0].Count, last, 32_768 * tent.Weights.Sum(), (float)tent.Scale));
        }
        return new([.. tents], steps, layout.Planes, ring);
    }

    private static List<TentStep> Of(Tent tent, int pixelBytes, int place)
    {
        List<TentStep> steps = [];
        for (var t = 0; t < tent.Weights.Length; t++)
        {
            var column = (tent.First + t) * pixelBytes + place;
            var weight = column % 2 == 0 ? tent.Weights[t] : tent.Weights[t] << 16;
            if (steps.Count > 0 && steps[^1].Place == column / 2) steps[^1] = new(column / 2, steps[^1].Weights | weight);
            else steps.Add(new(column / 2, weight));
        }
        return steps;
    }
}
