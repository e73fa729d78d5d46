using System.Globalization;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

public sealed record PartnerAdmitted(HashPartnerId PartnerId, StaffId AdmittedBy) : DomainEvent;

/// <summary>A provider, a laboratory or another hotline may look hashes up from now on: which kinds, how many, what for. Its key is shown once.</summary>
internal sealed class AdmitPartner(EgidaDb db, ActionBook actions, TimeProvider clock)
{
    public const int MostPerMinute = 1_000_000;

    public static readonly ActionKind Kind = new("hash-bank.admit-partner");

    /// <param name="Radius">As typed, as is the rate.</param>
    public sealed record Input(string Name, string Jurisdiction, IReadOnlyList<string> Kinds, IReadOnlyList<string> MayKnow, string Radius, string PerMinute, string Purposes)
    {
        public static Input Empty { get; } = new("", "PL", ["Md5", "Sha1", "Sha256", "Pdq"], [], "31", "1000", "upload-check");

        public static Input Of(IFormCollection form) => new(
            form["name"].ToString().Trim(), form["jurisdiction"].ToString().Trim(), [.. form["kinds"].OfType<string>()], [.. form["knows"].OfType<string>()],
            form["radius"].ToString().Trim(), form["rate"].ToString().Trim(), form["purposes"].ToString().Trim());
    }

    /// <returns>The fields that can't be accepted.</returns>
    internal static IReadOnlyList<string> Decide(Input input)
    {
        List<string> wrong = [];
        if (input.Name.Length is 0 or > 120) wrong.Add("name");
        if (input.Jurisdiction is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) wrong.Add("jurisdiction");
        if (Flags<PartnerKinds>(input.Kinds) is 0) wrong.Add("kinds");
        if (!int.TryParse(input.Radius, NumberStyles.None, CultureInfo.InvariantCulture, out var radius) || radius > Lookup.Radius) wrong.Add("radius");
        if (!int.TryParse(input.PerMinute, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) || rate is 0 or > MostPerMinute) wrong.Add("rate");
        if (input.Purposes.Length > 200 || !input.Purposes.Split(',').All(IsPurpose)) wrong.Add("purposes");
        return wrong;
    }

    /// <returns>The key, which is kept nowhere.</returns>
    public async Task<string> Handle(Input input, StaffId by, CancellationToken cancellation)
    {
        var id = Id.New<HashPartnerId>(clock);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        var key = HashPartner.NewKey();
        db.Add(new HashPartner
        {
            Id = id,
            Name = input.Name,
            KeyHash = HashPartner.HashOf(key),
            Jurisdiction = input.Jurisdiction,
            Kinds = Flags<PartnerKinds>(input.Kinds),
            MayKnow = Flags<PartnerKnowledge>(input.MayKnow),
            LargestRadius = int.Parse(input.Radius, CultureInfo.InvariantCulture),
            PerMinute = int.Parse(input.PerMinute, CultureInfo.InvariantCulture),
            Purposes = input.Purposes,
            AdmittedBy = by,
            AdmittedAt = action.Now,
        });
        action.Emit(new PartnerAdmitted(id, by));
        await action.Commit(cancellation);
        return key;
    }

    internal static async Task<IResult> Get(EgidaDb db, CurrentStaff staff, CancellationToken cancellation) =>
        await Answer(db, staff, Input.Empty, [], null, cancellation);

    internal static async Task<IResult> Post(HttpContext context, EgidaDb db, CurrentStaff staff, AdmitPartner admit, Words words, CancellationToken cancellation)
    {
        var input = Input.Of(await context.Request.ReadFormAsync(cancellation));
        var wrong = Decide(input);
        return wrong.Count > 0
            ? await Answer(db, staff, input, [.. wrong.Select(field => new FormError(field, words[$"hash-partner.{field}.problem"]))], null, cancellation)
            : await Answer(db, staff, Input.Empty, [], await admit.Handle(input, staff.Id, cancellation), cancellation);
    }

    internal static async Task<IResult> Answer(EgidaDb db, CurrentStaff staff, Input input, IReadOnlyList<FormError> errors, string? key, CancellationToken cancellation)
    {
        var partners = await db.Set<HashPartner>().AsNoTracking().OrderBy(p => p.EndedAt != null).ThenBy(p => p.Name).ToListAsync(cancellation);
        var counts = await db.Set<QueryCount>().AsNoTracking().GroupBy(c => c.PartnerId)
            .Select(g => new { g.Key, Asked = g.Sum(c => c.Asked), Known = g.Sum(c => c.Known) }).ToDictionaryAsync(c => c.Key, c => (c.Asked, c.Known), cancellation);
        var rows = partners.ConvertAll(p => new HashPartnersPage.Line(p, counts.GetValueOrDefault(p.Id).Asked, counts.GetValueOrDefault(p.Id).Known));
        return Page.Of<HashPartnersPage>(
            new { Rows = rows, Form = new HashPartnersPage.Typed(input.Name, input.Jurisdiction, input.Kinds, input.MayKnow, input.Radius, input.PerMinute, input.Purposes), Staff = staff, Key = key, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static TFlags Flags<TFlags>(IEnumerable<string> names) where TFlags : struct, Enum =>
        names.Aggregate(default(TFlags), (sum, name) => Enum.TryParse<TFlags>(name, out var flag) ? (TFlags)Enum.ToObject(typeof(TFlags), Convert.ToByte(sum, CultureInfo.InvariantCulture) | Convert.ToByte(flag, CultureInfo.InvariantCulture)) : sum);

    private static bool IsPurpose(string word) => word.Length is > 1 and < 40 && char.IsAsciiLetterLower(word[0]) && word.All(c => char.IsAsciiLetterLower(c) || c == '-');
}
