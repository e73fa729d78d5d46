using Egida.Bench.Pictures;
using Egida.HashSearch;

namespace Egida.Bench.Robust;

/// <summary>Pictures and the hashes by which they are known; a picture's id is its place.</summary>
internal sealed class KnownPictures
{
    private readonly IReadOnlyList<Picture> _pictures;
    private readonly NearSearch _hashes = new();

    public KnownPictures(IReadOnlyList<Picture> pictures)
    {
        _pictures = pictures;
        foreach (var (id, picture) in pictures.Index()) _hashes.Add(picture.Pdq.Hash, id);
    }

    public int Count => _pictures.Count;

    public Picture this[int id] => _pictures[id];

    public long LookUps { get; set; }

    public NearMatch? Nearest(Hash256 hash, int distance)
    {
        LookUps++;
        return _hashes.Nearest(hash, distance);
    }

    public RobustMatch? Find(Picture picture, RobustQuery query) => query.First(picture.Rgb, picture.Width, picture.Height, picture.Width * 3, 3, Nearest);
}
