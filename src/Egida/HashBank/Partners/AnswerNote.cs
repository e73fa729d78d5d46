using Egida.HashBank.Partners.Ranges;

namespace Egida.HashBank.Partners;

/// <summary>What one answer leaves behind: how much was asked, and which records the partner is told of. Never what it asked for.</summary>
/// <param name="Asked">Hashes of the request, those refused included.</param>
/// <param name="Known">Those that matched.</param>
/// <param name="Told">The records that the answer names.</param>
/// <param name="Matched">How many different hashes of the request each record matched, those included that the answer keeps quiet about.</param>
internal sealed record AnswerNote(
    HashPartnerId Partner, string Purpose, int Asked, int Refused, int Known, IReadOnlyCollection<int> Told, IReadOnlyDictionary<int, int> Matched)
{
    private static readonly IReadOnlyDictionary<int, int> NoMatches = new Dictionary<int, int>();

    /// <summary>The last statement that the answer knew of.</summary>
    public int Statement { get; init; }

    /// <summary>The last change that the answer knew of.</summary>
    public long Change { get; init; }

    /// <summary>What a private look-up asks for.</summary>
    public RangeAsked? Range { get; private init; }

    /// <summary>A private look-up, or only its key: what comes of it nobody here learns.</summary>
    public static AnswerNote Of(HashPartnerId partner, string purpose, RangeAsked? range) => new(partner, purpose, range is null ? 0 : 1, 0, 0, [], NoMatches) { Range = range };
}
