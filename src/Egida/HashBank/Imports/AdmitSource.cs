using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

public sealed record HashSourceAdmitted(short SourceId, Trust Trust, StaffId AdmittedBy) : DomainEvent;

/// <summary>A laboratory, a service or a set of files may contribute from now on. What it says alone counts for is its trust.</summary>
internal sealed class AdmitSource(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.admit-source");

    /// <param name="Trust">As chosen.</param>
    public sealed record Input(string Code, string Name, string Trust)
    {
        public static Input Empty { get; } = new("", "", nameof(HashBank.Trust.Proposes));
    }

    /// <returns>The fields that can't be accepted.</returns>
    internal static IReadOnlyList<string> Decide(Input input, IEnumerable<string> codes)
    {
        List<string> wrong = [];
        if (!IsCode(input.Code) || codes.Contains(input.Code)) wrong.Add("code");
        if (input.Name.Length is 0 or > 120) wrong.Add("name");
        if (!Enum.TryParse<Trust>(input.Trust, out var trust) || !Enum.IsDefined(trust)) wrong.Add("trust");
        return wrong;
    }

    /// <returns>Null if one with this code was admitted meanwhile.</returns>
    public async Task<short?> Handle(Input input, StaffId by, CancellationToken cancellation)
    {
        var trust = Enum.Parse<Trust>(input.Trust);
        var action = actions.Begin(Kind, Actor.Of(by), $"hash-source:{input.Code}");
        await action.TakeTurn(cancellation);
        if (await db.Set<HashSource>().AnyAsync(s => s.Code == input.Code, cancellation))
        {
            await action.Leave();
            return null;
        }

        var id = (short)(await db.Set<HashSource>().MaxAsync(s => s.Id, cancellation) + 1);
        db.Add(new HashSource { Id = id, Code = input.Code, Name = input.Name, Trust = trust });
        action.Emit(new HashSourceAdmitted(id, trust, by));
        await action.Commit(cancellation);
        return id;
    }

    internal static async Task<IResult> Post(HttpContext context, EgidaDb db, CurrentStaff staff, AdmitSource admit, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var input = new Input(form["code"].ToString().Trim(), form["name"].ToString().Trim(), form["trust"].ToString());
        var wrong = Decide(input, await db.Set<HashSource>().Select(s => s.Code).ToListAsync(cancellation));
        if (wrong.Count == 0 && await admit.Handle(input, staff.Id, cancellation) is null)
        {
            wrong = ["code"];
        }

        return wrong.Count == 0
            ? TypedResults.LocalRedirect(ListImports.Path)
            : await ListImports.Answer(db, staff, 1, input, [.. wrong.Select(field => new FormError(field, words[$"hash-import.{field}.problem"]))], cancellation);
    }

    private static bool IsCode(string code) =>
        code.Length is > 1 and <= 40 && char.IsAsciiLetterLower(code[0]) && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}
