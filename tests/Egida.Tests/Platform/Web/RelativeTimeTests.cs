using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http;

namespace Egida.Tests.Platform.Web;

public class RelativeTimeTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 23, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("en", -10, "just now")]
    [InlineData("en", -720, "12 min ago")]
    [InlineData("en", -7200, "2 h ago")]
    [InlineData("en", 10_800, "in 3 h")]
    [InlineData("pl", -7200, "2 godz. temu")]
    [InlineData("pl", -777_600, "9 dni temu")]
    [InlineData("uk", 720, "через 12 хв")]
    [InlineData("en", -7_776_000, "25 Aug 2026")]
    public void An_instant_is_said_as_people_say_it(string language, int seconds, string expected) =>
        Assert.Equal(expected, RelativeTime.Say(In(language), Now.AddSeconds(seconds), Now));

    [Fact]
    public void The_exact_time_names_both_clocks_and_the_other_day() =>
        Assert.Equal(
            "2026-11-23 23:30:00 UTC · 2026-11-24 00:30:00 Europe/Warsaw",
            RelativeTime.Exact(Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw")));

    private static Words In(string language) =>
        new(Texts.FromAssembly(typeof(Texts).Assembly), new HttpContextAccessor { HttpContext = new DefaultHttpContext { Request = { Path = $"/{language}" } } });
}
