using Egida.Platform.Actions;
using Microsoft.Extensions.Primitives;

namespace Egida.HashBank.Disputes;

/// <summary>What the page of a case is drawn from.</summary>
public static class CaseView
{
    public enum May
    {
        Nothing,

        /// <summary>Find out which record is meant.</summary>
        Link,
        Take,
        Decide,

        /// <summary>Somebody else holds it.</summary>
        Held,

        /// <summary>They had a part in the first decisions.</summary>
        SpokeBefore,
        Settle,
    }

    /// <summary>How much of the material is on the page.</summary>
    public enum Showing
    {
        Nothing,
        Blurred,
        Revealed,

        /// <summary>They have been shown as much today as anybody should be.</summary>
        Enough,
    }

    /// <param name="Pass">Opens the picture for seconds, for this person.</param>
    public sealed record Look(Showing Showing, string? Pass = null);

    /// <param name="LookAlikes">Other records within the radius of PDQ: how many, not what they are.</param>
    /// <param name="SeesRecord">May this person open the record's own page?</param>
    public sealed record Facts(
        DisputeCase Case, IReadOnlyList<DisputeFiling> Filings, string? Partner, IReadOnlyList<ShowHashRecord.Hash> Hashes, int LookAlikes, May May, bool SeesRecord,
        DateTime Now, IReadOnlyDictionary<StaffId, string> Names)
    {
        /// <summary>This hotline holds the record's material, sealed, and this person may look at it for this case.</summary>
        public bool HasMaterial { get; init; }

        public string NameOf(StaffId? staff) => staff is { } id ? Names.GetValueOrDefault(id, "—") : "—";
    }

    /// <summary>What the page's form sent.</summary>
    public sealed record Sent(IEnumerable<KeyValuePair<string, StringValues>> Form)
    {
        public static readonly Sent Nothing = new([]);

        private readonly Dictionary<string, StringValues> values = Form.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

        public string Sight => Text("sight");

        public string Finding => Text("finding");

        public static string Name(string group) => $"label-{group}";

        public IReadOnlyList<string> Of(string group) => values.TryGetValue(Name(group), out var sent) ? [.. sent.OfType<string>()] : [];

        public string Text(string name) => values.TryGetValue(name, out var sent) ? sent.ToString() : "";
    }
}
