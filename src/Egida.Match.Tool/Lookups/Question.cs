namespace Egida.Match.Tool.Lookups;

/// <summary>One hash to ask a server for.</summary>
/// <param name="Kind">As the server calls it.</param>
/// <param name="Value">In hex.</param>
/// <param name="Quality">Of PDQ.</param>
/// <param name="Radius">Of PDQ.</param>
internal sealed record Question(string Kind, string Value, int? Quality = null, int? Radius = null);

/// <summary>What the server says of it: the matches, or a code why it wasn't looked up.</summary>
internal sealed record ServerAnswer(IReadOnlyList<KnownMatch> Matches, string? Refused, string? Detail)
{
    public static ServerAnswer Nothing { get; } = new([], null, null);
}
