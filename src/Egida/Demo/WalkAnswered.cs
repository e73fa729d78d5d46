using Egida.Intake;
using Egida.Platform.Web;

namespace Egida.Demo;

/// <summary>Station 9: with the receipt, and only with it, the citizen reads what happened; no word of what they mustn't learn.</summary>
internal static class WalkAnswered
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Answered, cancellation);
        using var citizen = new WalkBrowser(walk.Settings.Web);
        await citizen.Open("/pl/receipt");
        await citizen.Submit("main form", ("code", walk.Receipt.Replace(" ", "-", StringComparison.Ordinal)));
        Walk.Holds(citizen.Page.QuerySelector(".road") is not null, "the receipt shows the road");
        var host = new Uri(walk.Settings.World.WalkPage).Host;
        foreach (var secret in (string[])["galeria-pl", "staff:", "Hosting", "baseline", "ICCAM", host])
        {
            Walk.Holds(!citizen.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"the answer doesn't say '{secret}'");
        }

        Walk.Holds(citizen.Cookies == 0, "reading the answer sets no cookie");
        var said = citizen.Page.QuerySelector("main .place h2")?.TextContent.Trim();
        Walk.Holds(said == walk.Services.GetRequiredService<Texts>().Get("pl", "receipt.answer.removed.title"), $"the answer says that it was removed; it says «{said}»");
        var wrong = new string([.. walk.Receipt.Where(char.IsAsciiDigit).Reverse()]);
        await citizen.Open("/pl/receipt");
        await citizen.Submit("main form", ("code", wrong));
        Walk.Holds(citizen.Page.QuerySelector(".road") is null, "another code shows nothing");
        return $"the receipt says «{said}»; a wrong code says nothing";
    }
}
