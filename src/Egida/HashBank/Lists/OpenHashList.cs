using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Match;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

public sealed record HashListOpened(HashListId ListId, HashPartnerId PartnerId, string Jurisdiction, string Kinds, int Canaries, StaffId OpenedBy) : DomainEvent;

/// <summary>A partner gets a list from now on: which kinds, under whose law, which classes. The first version is made at once.</summary>
internal sealed class OpenHashList(EgidaDb db, ActionBook actions, ListKeys keys, TimeProvider clock, IOptions<ListOptions> options)
{
    public static readonly ActionKind Kind = new("hash-bank.open-list");

    /// <param name="Partner">As chosen.</param>
    public sealed record Input(string Partner, string Name, string Jurisdiction, IReadOnlyList<string> Kinds, string Classes)
    {
        public static Input Empty { get; } = new("", "known", "PL", ["Md5", "Sha1", "Sha256", "Pdq"], "");

        public static Input Of(IFormCollection form) => new(
            form["partner"].ToString(), form["name"].ToString().Trim(), form["jurisdiction"].ToString().Trim(), [.. form["kinds"].OfType<string>()], form["classes"].ToString().Trim());

        public ListKinds AllKinds => Kinds.Aggregate(ListKinds.None, (all, name) => Enum.TryParse<ListKinds>(name, out var kind) && kind != ListKinds.All ? all | kind : all);
    }

    /// <returns>The fields that can't be accepted.</returns>
    internal static IReadOnlyList<string> Decide(Input input, HashPartner? partner, bool nameIsTaken)
    {
        List<string> wrong = [];
        if (partner is not { EndedAt: null }) wrong.Add("partner");
        if (nameIsTaken || input.Name.Length is 0 or > 40 || !input.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) wrong.Add("name");
        if (input.Jurisdiction is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) wrong.Add("jurisdiction");
        if (input.AllKinds == ListKinds.None || (partner is not null && (input.AllKinds & ~Allowed(partner)) != 0)) wrong.Add("kinds");
        if (input.Classes.Length > 400 || (input.Classes.Length > 0 && !input.Classes.Split(',').All(c => c.Length > 0 && ListEntries.ClassOf(c) == c))) wrong.Add("classes");
        return wrong;
    }

    /// <summary>What a partner may look up online it may have in a list; who may look up pictures may look up frames of videos.</summary>
    internal static ListKinds Allowed(HashPartner partner) =>
        (ListKinds)((int)partner.Kinds & (int)(ListKinds.Md5 | ListKinds.Sha1 | ListKinds.Sha256 | ListKinds.Pdq)) | (partner.Kinds.HasFlag(PartnerKinds.Pdq) ? ListKinds.Frames : 0);

    /// <returns>The list, or the fields that can't be accepted.</returns>
    public async Task<(HashListId? List, IReadOnlyList<string> Wrong)> Handle(Input input, StaffId by, CancellationToken cancellation)
    {
        var partner = HashPartnerId.TryParse(input.Partner, out var partnerId) ? await db.Set<HashPartner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == partnerId, cancellation) : null;
        var id = Id.New<HashListId>(clock);
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        await action.TakeTurn(cancellation);
        var taken = await db.Set<HashList>().AnyAsync(l => l.PartnerId == partnerId && l.Name == input.Name, cancellation);
        if (Decide(input, partner, taken) is { Count: > 0 } wrong)
        {
            await action.Leave();
            return (null, wrong);
        }

        await keys.RequireOne(action, cancellation);
        db.Add(new HashList
        {
            Id = id,
            PartnerId = partnerId,
            Name = input.Name,
            Jurisdiction = input.Jurisdiction,
            Kinds = input.AllKinds,
            Classes = input.Classes,
            OpenedBy = by,
            OpenedAt = action.Now,
        });
        await MakeUpEntries(action, id, cancellation);
        action.Emit(new HashListOpened(id, partnerId, input.Jurisdiction, input.AllKinds.ToString(), options.Value.Canaries, by));
        action.Enqueue(PublishHashList.Order(id, PublishHashList.Full));
        await action.Commit(cancellation);
        return (id, []);
    }

    /// <summary>Their numbers are taken from those of records, so that they stand among them.</summary>
    private async Task MakeUpEntries(ActionContext action, HashListId list, CancellationToken cancellation)
    {
        var head = await db.Set<BankHead>().SingleAsync(cancellation);
        await db.Entry(head).ReloadAsync(cancellation);
        for (var i = 0; i < options.Value.Canaries; i++)
        {
            action.Db.Add(new HashListCanary { Number = new HashRecordId(++head.Records), ListId = list });
        }
    }

    internal static async Task<IResult> Post(HttpContext context, EgidaDb db, CurrentStaff staff, OpenHashList open, ShowHashLists show, Words words, CancellationToken cancellation)
    {
        var input = Input.Of(await context.Request.ReadFormAsync(cancellation));
        var (list, wrong) = await open.Handle(input, staff.Id, cancellation);
        return list is null
            ? await show.Answer(staff, input, [.. wrong.Select(field => new FormError(field, words[$"hash-list.{field}.problem"]))], cancellation)
            : TypedResults.LocalRedirect($"/staff/hash-bank/lists#list-{list}");
    }
}
