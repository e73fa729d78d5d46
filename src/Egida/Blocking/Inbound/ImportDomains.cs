using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Inbound;

/// <summary>Only how many: the log holds no domain.</summary>
public sealed record InboundDomainsImported(int New, int Known, int Refused, StaffId ImportedBy) : DomainEvent;

/// <summary>
/// A list of domains that others made, one a line (INTERPOL's «worst of», another hotline's). Each line is read with the same care as what somebody types here; what can't
/// be an entry of ours is refused with its line's number. Nothing of it is blocked.
/// </summary>
internal sealed class ImportDomains(EgidaDb db, ActionBook actions, DomainRules rules, TimeProvider clock)
{
    public const int LongestSource = 120;
    public const int MostLines = 20_000;

    public static readonly ActionKind Kind = new("blocking.import-domains");

    /// <param name="Refused">Line and why.</param>
    public sealed record Report(int New, int Known, IReadOnlyList<(int Line, DomainProblem Why)> Refused);

    /// <summary>Pure. The domains of a list, each once, and the lines that can't be one. Empty lines and comments (#) are left out.</summary>
    internal static (IReadOnlyList<string> Domains, IReadOnlyList<(int Line, DomainProblem Why)> Refused) Read(string text, Func<string, (string? Name, DomainProblem? Problem)> read)
    {
        var (domains, seen, refused) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), new List<(int, DomainProblem)>());
        var number = 0;
        // Only line ends part lines: anything else that looks like one stays in its line and is refused there.
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            number++;
            if (line.Trim(' ') is not { Length: > 0 } domain || domain[0] == '#') continue;

            var (name, problem) = read(domain);
            if (problem is { } why) refused.Add((number, why));
            else if (seen.Add(name!)) domains.Add(name!);
        }

        return (domains, refused);
    }

    public async Task<Report> Handle(string source, string text, StaffId by, CancellationToken cancellation)
    {
        var (domains, refused) = Read(text, rules.Read);
        var action = actions.Begin(Kind, Actor.Of(by), "blocking:inbound");
        await action.TakeTurn(cancellation);
        var known = (await db.Set<InboundDomain>().Where(d => d.Source == source).Select(d => d.Domain).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var fresh = domains.Where(d => !known.Contains(d)).ToList();
        db.AddRange(fresh.Select(d => new InboundDomain { Id = Id.New<InboundDomainId>(clock), Source = source, Domain = d, ImportedBy = by, ImportedAt = action.Now }));
        var report = new Report(fresh.Count, domains.Count - fresh.Count, refused);
        action.Emit(new InboundDomainsImported(report.New, report.Known, refused.Count, by));
        await action.Commit(cancellation);
        return report;
    }

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, ImportDomains import, ShowInbound show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (source, text) = (form["source"].ToString().Trim(), form["domains"].ToString());
        List<FormError> errors = [];
        if (source.Length is 0 or > LongestSource || source.Any(char.IsControl)) errors.Add(new FormError("source", words["inbound.source.problem"]));
        if (string.IsNullOrWhiteSpace(text) || text.Count(c => c == '\n') >= MostLines) errors.Add(new FormError("domains", words.Of("inbound.domains.problem", MostLines)));
        return errors.Count > 0
            ? await show.Answer(staff, source, text, null, errors, 1, cancellation)
            : await show.Answer(staff, "", "", await import.Handle(source, text, staff.Id, cancellation), [], 1, cancellation);
    }
}
