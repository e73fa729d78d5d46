using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Domains;

/// <summary>The rules that hold, those that held, and the form for another one.</summary>
public static class ListDomainRules
{
    public const string Path = "/staff/tracing/domains";

    private const int Most = 500;

    public sealed record Row(DomainRule Rule, string SetBy, string? EndedBy);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapStaff("/tracing/domains");
        group.MapGet("", (EgidaDb db, CurrentStaff staff, CancellationToken cancellation) => Draw(db, staff, null, [], cancellation)).RequireRight(Right.SeeTraces);
        group.MapPost("", SetDomainRule.Post).RequireRight(Right.EditDomainRules);
        group.MapPost("/{ruleId}/end", EndDomainRule.Post).RequireRight(Right.EditDomainRules);
    }

    internal static async Task<IResult> Draw(
        EgidaDb db, CurrentStaff staff, SetDomainRule.Input? input, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var rules = await db.Set<DomainRule>().AsNoTracking().OrderBy(r => r.EndedAt != null).ThenBy(r => r.Domain).ThenByDescending(r => r.SetAt).Take(Most).ToListAsync(cancellation);
        var people = rules.SelectMany(r => new[] { r.SetBy.Value, r.EndedBy?.Value ?? r.SetBy.Value }).ToHashSet();
        var names = await db.Set<StaffMember>().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellation);
        return Page.Of<DomainRulesPage>(
            new
            {
                Rows = (IReadOnlyList<Row>)[.. rules.Select(r => new Row(r, names.GetValueOrDefault(r.SetBy.Value, ""), r.EndedBy is { } by ? names.GetValueOrDefault(by.Value, "") : null))],
                MayEdit = staff.Has(Right.EditDomainRules),
                Input = input,
                Errors = errors,
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
