namespace Egida.HashBank.Partners;

/// <summary>What one answer leaves behind: how much was asked, and which records the partner is told of. Never what it asked for.</summary>
/// <param name="Asked">Hashes of the request, those refused included.</param>
/// <param name="Known">Those that matched.</param>
/// <param name="Told">The records that the answer names.</param>
/// <param name="Matched">How many different hashes of the request each record matched, those included that the answer keeps quiet about.</param>
internal sealed record AnswerNote(
    HashPartnerId Partner, string Purpose, int Asked, int Refused, int Known, IReadOnlyCollection<int> Told, IReadOnlyDictionary<int, int> Matched)
{
    public static IReadOnlyDictionary<int, int> NoMatches { get; } = new Dictionary<int, int>();
}
