using System.Xml.Linq;
using Egida.Intake;
using Egida.Platform.Web;
using Egida.Tests.Architecture;
using Microsoft.AspNetCore.Http;

namespace Egida.Tests.Intake;

public class RoadSvgTests
{
    /// <summary>EGIDA_APPROVE=1 writes the picture anew.</summary>
    [Fact]
    public void The_road_that_the_documents_show_is_drawn_by_the_program()
    {
        var drawn = Draw("en");
        if (Environment.GetEnvironmentVariable("EGIDA_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, "docs/road.svg"), drawn);
        }

        Assert.Equal(Repository.Read("docs/road.svg"), drawn);
    }

    [Theory]
    [InlineData("pl", "Zabezpieczenie", "w toku")]
    [InlineData("en", "Captured", "under way")]
    [InlineData("uk", "Фіксація", "триває")]
    public void The_picture_says_in_words_what_it_shows(string language, string station, string state)
    {
        var svg = XDocument.Parse(Draw(language));
        var said = svg.Root!.Element(XName.Get("title", "http://www.w3.org/2000/svg"))!.Value;

        Assert.Contains(station, said, StringComparison.Ordinal);
        Assert.Contains(state, said, StringComparison.Ordinal);
        Assert.Empty(svg.Descendants().Attributes("style"));
    }

    private static string Draw(string language)
    {
        var words = new Words(
            Texts.FromAssembly(typeof(Texts).Assembly),
            new HttpContextAccessor { HttpContext = new DefaultHttpContext { Request = { Path = $"/{language}" } } });
        var steps = Enum.GetValues<Station>()
            .Select(s => new RoadStep(s, s < Station.Assessed ? RoadState.Done : s == Station.Assessed ? RoadState.Current : RoadState.Waiting))
            .ToList();
        return RoadSvg.Draw(steps, words);
    }
}
