using Egida.Platform;

namespace Egida.HashBank.Sampling;

/// <summary>How many confirmed records are assessed a second time, and how much one person may see for it: the country's <c>sampling.json</c>. Nobody sets it for one draw.</summary>
/// <param name="PerMille">Of the records of each source and of each person here, those of which there is sealed material.</param>
/// <param name="LeastPerGroup">Of each source and person, however few records they have.</param>
/// <param name="MostTogether">In one draw, and at most so many wait to be assessed before the next draw.</param>
/// <param name="LeastDays">Between two draws: nobody has colleagues' few newest records looked at again by drawing often.</param>
/// <param name="ShownFrom">A rate is shown for nobody of whom fewer were assessed: it would say nothing about them.</param>
/// <param name="RevealsPerDay">So many pictures one person is shown as they are in 24 hours, everything here together, before a second assessment shows them no more.</param>
public sealed record SamplingTerms(int PerMille, int LeastPerGroup, int MostTogether, int LeastDays, int ShownFrom, int RevealsPerDay)
{
    private const string FileName = "sampling.json";

    public static SamplingTerms Of(CountryFolder country)
    {
        var read = country.Read<SamplingTerms>(FileName);
        string[] wrong =
        [
            .. new[]
            {
                ("perMille", read.PerMille), ("leastPerGroup", read.LeastPerGroup), ("mostTogether", read.MostTogether), ("leastDays", read.LeastDays), ("shownFrom", read.ShownFrom),
                ("revealsPerDay", read.RevealsPerDay),
            }.Where(n => n.Item2 < 1).Select(n => n.Item1),
        ];
        return wrong.Length > 0
            ? throw new InvalidOperationException($"{Path.Combine(country.Path, FileName)}: put in {string.Join(", ", wrong)}: whole numbers, 1 or more. countries/pl/{FileName} has them all.")
            : read.PerMille > 1000
                ? throw new InvalidOperationException($"{Path.Combine(country.Path, FileName)}: perMille is at most 1000.")
                : read;
    }
}
