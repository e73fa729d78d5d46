using Egida.Intake;
using Egida.Platform.Web.Design;

namespace Egida.Platform.Web.Styleguide;

/// <summary>Invented rows and roads for the style guide, computed by the same rules as real ones.</summary>
internal static class SampleRoads
{
    public static IReadOnlyList<(string Name, IReadOnlyList<RoadStep> Steps)> All(DateTime now) =>
    [
        ("going", Of(now, Station.Recognised)),
        ("person", Of(now, Station.Filed, item => item.PersonNeeded = PersonNeeded.HostUnknown)),
        ("ended", Of(now, Station.Assessed, item => item.Close(ItemClosure.NotIllegal, now), Station.Answered)),
        ("removed", Of(now, Station.Answered, item => item.Close(ItemClosure.Removed, now), proved: true)),
    ];

    public static IReadOnlyList<Row> Rows(DateTime now) =>
    [
        new("pola-kemi-37", "pictures.example", 112, now.AddMinutes(-3), Tone.Urgent),
        new("zuda-rone-04", "forum.test", 2, now.AddHours(-2), Tone.Attention),
        new("tika-wolu-81", "files.example", 1, now.AddHours(-26), Tone.Calm),
        new("nemo-gusa-55", "192.0.2.17", 7, now.AddDays(-9), Tone.Good),
        new("bela-fitu-12", "archive.example", 1, now.AddDays(-90), Tone.Neutral),
    ];

    private static IReadOnlyList<RoadStep> Of(DateTime now, Station last, Action<Item>? change = null, Station? also = null, bool proved = false)
    {
        var opened = now.AddHours(-30);
        var id = new ItemId(new Guid("019ab000-0000-7000-8000-000000000001"));
        var item = new Item { Id = id, AddressKey = [], Address = null, AsTyped = new ReportedAddress("https://pictures.example/"), OpenedAt = opened };
        var stops = Enum.GetValues<Station>()
            .Where(s => s <= last || s == also)
            .Select((s, i) => new RoadStop { ItemId = id, Station = s, At = opened.AddMinutes(i * i * 14), By = s is Station.Assessed ? "Alicja" : "system" })
            .ToList();
        stops.ForEach(s => item.Reached(s.Station));
        change?.Invoke(item);
        return RoadSteps.Of(item, stops, proved);
    }

    internal sealed record Row(string Name, string Host, int Reports, DateTime OpenedAt, Tone Tone);
}
