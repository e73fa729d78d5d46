using Egida.Platform;
using Egida.Platform.Mail;
using Egida.Platform.Web;

namespace Egida.Contacts;

/// <param name="Code">Short and stable: packages and certificates are filed under it.</param>
/// <param name="Language">Of the summary in its packages: pl, en or uk.</param>
public sealed record PoliceUnit(string Code, string Name, string Mail, string Phone, string Language)
{
    public MailBox MailBox => MailBox.Parse(Mail, Name)!;
}

/// <summary>
/// The police units and which of them a case goes to: the country's <c>police.json</c>. The national one takes everything that no line gives to a region. Read once, at the start; a
/// mistake in the file stops the start.
/// </summary>
public sealed class PoliceUnits
{
    private readonly Dictionary<string, PoliceUnit> byCode;
    private readonly IReadOnlyList<PoliceFile.Line> assign;

    internal PoliceUnits(PoliceFile file)
    {
        var problems = Problems(file).ToList();
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"police.json: {string.Join("; ", problems)}.");
        }

        (All, assign, Urgent) = (file.Units, file.Assign, file.Urgent.ToHashSet(StringComparer.Ordinal));
        byCode = file.Units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        National = byCode[file.National];
    }

    public PoliceUnit National { get; }

    public IReadOnlyList<PoliceUnit> All { get; }

    /// <summary>What reporters say (codes of the form) that makes a case one that can't wait.</summary>
    public IReadOnlySet<string> Urgent { get; }

    public static PoliceUnits Of(CountryFolder country) => new(country.Read<PoliceFile>("police.json"));

    /// <summary>Null when no unit has the code.</summary>
    public PoliceUnit? Find(string? code) => code is not null && byCode.TryGetValue(code, out var unit) ? unit : null;

    /// <summary>The unit with the code; the national one where a unit was dropped from the file meanwhile.</summary>
    public PoliceUnit Of(string code) => Find(code) ?? National;

    /// <summary>Whose case it is.</summary>
    /// <param name="country">Where it is hosted.</param>
    public PoliceUnit For(string? holder, string? networkHandle, string? country)
    {
        var line = assign.FirstOrDefault(l =>
            Fits(l.Holders, holder) && Fits(l.Handles, networkHandle) && Fits(l.Countries, country));
        return line is null ? National : byCode[line.Unit];

        static bool Fits(IReadOnlyList<string>? wanted, string? value) => wanted is null || (value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Problems(PoliceFile file)
    {
        foreach (var twice in file.Units.GroupBy(u => u.Code).Where(g => g.Count() > 1))
        {
            yield return $"the code '{twice.Key}' stands twice";
        }

        foreach (var unit in file.Units)
        {
            if (unit.Code is not { Length: > 0 and <= 20 } || !unit.Code.All(char.IsAsciiLetterOrDigit)) yield return $"the code '{unit.Code}' must be 1 to 20 letters and digits";
            if (MailBox.Parse(unit.Mail) is null) yield return $"'{unit.Mail}' of {unit.Name} is no plain mail address";
            if (!Texts.Languages.Contains(unit.Language)) yield return $"the language of {unit.Name} must be one of {string.Join(", ", Texts.Languages)}";
        }

        var codes = file.Units.Select(u => u.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in file.Assign.Select(l => l.Unit).Append(file.National).Where(c => !codes.Contains(c)))
        {
            yield return $"there is no unit '{unknown}'";
        }

        if (file.Assign.Any(l => l is { Holders: null, Handles: null, Countries: null }))
        {
            yield return "a line of 'assign' without conditions would take everything: that is what 'national' is for";
        }
    }
}

/// <summary>police.json</summary>
internal sealed record PoliceFile(string National, IReadOnlyList<string> Urgent, IReadOnlyList<PoliceUnit> Units, IReadOnlyList<PoliceFile.Line> Assign)
{
    /// <summary>All that is given must fit.</summary>
    public sealed record Line(string Unit, IReadOnlyList<string>? Holders = null, IReadOnlyList<string>? Handles = null, IReadOnlyList<string>? Countries = null);
}
