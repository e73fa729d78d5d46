using Egida.Platform;

namespace Egida.HashBank.Disputes;

/// <summary>How long a dispute may take, and how many of one party are opened before a person is asked: the country's <c>disputes.json</c>.</summary>
/// <param name="ReadWithinHours">Until a person here has taken note of it.</param>
/// <param name="UrgentWithinDays">For a partner or another hotline that asks for it.</param>
/// <param name="TakenForHours">An assessor who doesn't decide within this time no longer keeps others from it.</param>
/// <param name="PartnerPerMinute">Requests of one partner, more are told to wait.</param>
/// <param name="PartnerCasesPerDay">Cases that one partner opens in 24 hours; what is above is one flood.</param>
/// <param name="PublicCasesPerHour">The same for everybody from the public together: nobody is told apart by their address.</param>
/// <param name="ReleasedAtOnce">Of a flood.</param>
public sealed record DisputeTerms(
    int ReadWithinHours, int DecideWithinDays, int UrgentWithinDays, int TakenForHours, int PartnerPerMinute, int PartnerCasesPerDay, int PublicCasesPerHour, int ReleasedAtOnce)
{
    public static DisputeTerms Of(CountryFolder country)
    {
        var read = country.Read<DisputeTerms>("disputes.json");
        return new[] { read.ReadWithinHours, read.DecideWithinDays, read.UrgentWithinDays, read.TakenForHours, read.PartnerPerMinute, read.PartnerCasesPerDay, read.PublicCasesPerHour, read.ReleasedAtOnce }
            .All(n => n > 0)
            ? read
            : throw new InvalidOperationException($"{Path.Combine(country.Path, "disputes.json")}: every number must be there and be 1 or more. countries/pl/disputes.json has them all.");
    }

    public DateTime ReadDue(DateTime filed) => filed.AddHours(ReadWithinHours);

    /// <summary>
    /// The clocks as the public is told them: those of what they sent, by itself. Those of the case may be another's, older or urgent, and would tell that there is one.
    /// </summary>
    public (DateTime Read, DateTime Decide) ToldTo(DisputeFiling filing) => (ReadDue(filing.At), DecideDue(filing.At, isUrgent: false));

    public DateTime DecideDue(DateTime filed, bool isUrgent) => filed.AddDays(isUrgent ? UrgentWithinDays : DecideWithinDays);
}
