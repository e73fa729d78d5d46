using Egida.Evidence;

namespace Egida.Police;

/// <param name="Path">In the bag, below data/.</param>
/// <param name="Part">1, 2, …: the part of the package that holds it.</param>
internal sealed record PlannedObject(EvidenceObject About, string Path, int Part);

/// <summary>
/// Which captured object lies where. A package that is too large for one file goes in parts; each part is a bag of its own that can be checked and read without the
/// others (RFC 8493 §2.2.2: Bag-Group-Identifier, Bag-Count).
/// </summary>
internal sealed record PackagePlan(string Reference, IReadOnlyList<PlannedObject> Objects)
{
    public int Parts => Math.Max(1, Objects.Select(o => o.Part).DefaultIfEmpty(1).Max());

    /// <summary>In their order, each part as full as fits. An object that is larger than a part may be has one for itself.</summary>
    public static PackagePlan Of(string reference, IEnumerable<EvidenceObject> objects, long largestPart)
    {
        var planned = new List<PlannedObject>();
        var (part, filled) = (1, 0L);
        foreach (var about in InOrder(objects))
        {
            if (filled > 0 && filled + about.Size > largestPart)
            {
                (part, filled) = (part + 1, 0);
            }

            filled += about.Size;
            planned.Add(new PlannedObject(about, PathOf(about, planned.Count + 1), part));
        }

        return new PackagePlan(reference, planned);
    }

    /// <summary>As they came.</summary>
    public static IEnumerable<EvidenceObject> InOrder(IEnumerable<EvidenceObject> objects) => objects.OrderBy(o => o.CapturedAt).ThenBy(o => o.Kind).ThenBy(o => o.Id.Value);

    public IEnumerable<PlannedObject> Of(int part) => Objects.Where(o => o.Part == part);

    /// <summary>`EG-2026-000123`, or `EG-2026-000123-2` where there are several.</summary>
    public string NameOf(int part) => Parts == 1 ? Reference : $"{Reference}-{part}";

    /// <summary>`objects/001-media.png`: plain letters, and an ending only where it can't be run or rendered as a page.</summary>
    private static string PathOf(EvidenceObject about, int number) => $"objects/{number:000}-{about.Kind.ToString().ToLowerInvariant()}{Ending(about)}";

    private static string Ending(EvidenceObject about) => (about.Kind, about.ClaimedMediaType?.Split(';')[0].Trim().ToLowerInvariant()) switch
    {
        (EvidenceKind.Transfer, _) => ".json",
        (EvidenceKind.Media, "image/jpeg") => ".jpg",
        (EvidenceKind.Media, "image/png") => ".png",
        (EvidenceKind.Media, "image/gif") => ".gif",
        (EvidenceKind.Media, "image/webp") => ".webp",
        (EvidenceKind.Media, "video/mp4") => ".mp4",
        (EvidenceKind.Media, "video/webm") => ".webm",
        _ => ".bin",
    };
}
