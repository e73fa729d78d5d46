using System.Collections.Frozen;
using System.Text.Json;
using Egida.Access;
using Egida.Audit;
using Egida.HashBank.Clusters;
using Egida.HashBank.Disputes;
using Egida.HashBank.Merging;
using Egida.HashBank.Partners;
using Egida.HashBank.Suggestions;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>One record: its hashes, what everybody said about it and what holds, what looks like it, what happened to it. There is no picture to show.</summary>
public static class ShowHashRecord
{
    private const int MostNear = 50;
    private const int MostActs = 200;
    private const int MostFurther = 500;

    private static readonly FrozenSet<string> MergeActs = new[] { MergeRecords.Kind, SettleMerge.DeclineKind, UndoMerge.Kind }.Select(k => k.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <param name="Ordinal">Its place among further hashes of its kind; null for one of the record's own places.</param>
    public sealed record Hash(HashKind Kind, string Value, int? Quality, string? Name, int? Ordinal = null);

    /// <summary>What one statement said about the record.</summary>
    public sealed record Said(Contribution Contribution, Statement Statement, HashSource Source, Classification? Classification);

    public sealed record Told(string Partner, DateTime FirstAt, DateTime LastAt, int Times);

    /// <param name="Said">The oldest first.</param>
    /// <param name="Near">Records that share a digest with it or look like it within the radius, without this one, the nearest first; <paramref name="NearCount"/> says how many there are.</param>
    /// <param name="Told">Partners whose look-ups it answered.</param>
    /// <param name="Names">Of everybody who appears.</param>
    public sealed record Facts(
        HashRecord Record, IReadOnlyList<Hash> Hashes, IReadOnlyList<Said> Said, IReadOnlyList<BankHit> Near, IReadOnlyList<Told> Told, IReadOnlyList<AuditEntry> History, IReadOnlyDictionary<StaffId, string> Names,
        int HashCount, int NearCount, int HistoryCount)
    {
        /// <summary>Merges that this record is part of, or was to be, the newest first.</summary>
        public IReadOnlyList<HashMerge> Merges { get; init; } = [];

        /// <summary>Of those like it and those merged with it, the ones that the reader may have to assess anew.</summary>
        public IReadOnlySet<HashRecordId> Closed { get; init; } = new HashSet<HashRecordId>();

        /// <summary>Null if it looks like no other, or isn't known to yet.</summary>
        public HashCluster? Cluster { get; init; }

        /// <summary>Why two are one item, or aren't, is said in free words about both.</summary>
        public bool MayTellWhy(HashMerge merge) => !Closed.Contains(merge.Survivor) && !Closed.Contains(merge.Merged);

        /// <summary>Records that somebody found not to be this one's item.</summary>
        public IReadOnlyList<HashRecordId> Apart { get; init; } = [];

        /// <summary>The log doesn't say which other record an act was about.</summary>
        public bool MayTellWhy(AuditEntry act) => act.Action == TellApart.Kind.Name ? !Apart.Any(Closed.Contains) : !MergeActs.Contains(act.Action) || Merges.All(MayTellWhy);

        public Classification? Holds => Said.FirstOrDefault(s => s.Classification?.Id == Record.ClassificationId)?.Classification;

        public IEnumerable<KeyValuePair<string, List<string>>> Labels => Holds is { } holds ? JsonSerializer.Deserialize<Dictionary<string, List<string>>>(holds.Labels) ?? [] : [];

        public bool MayStandFor(StaffId staff) => WhatHolds.MayStandFor(
            [.. Said.Select(s => new WhatHolds.Word(s.Statement.Id, s.Source.Id, s.Source.Trust, s.Statement.By, s.Contribution.Says, s.Contribution.ClassificationId, s.Contribution.Flags))], staff);

        public string NameOf(StaffId staff) => Names.GetValueOrDefault(staff, "—");

        /// <summary>The person, or the source.</summary>
        public string NameOf(Said said) => said.Statement.By is { } by ? NameOf(by) : said.Source.Name;

        /// <summary>A staff member's name, else the system's part that acted.</summary>
        public string NameOf(string actor) => actor.StartsWith("staff:", StringComparison.Ordinal) && StaffId.TryParse(actor[6..], out var id) ? NameOf(id) : actor;
    }

    internal static Task<IResult> Get(HashRecordId recordId, string? done, int? merged, HttpContext context, CurrentStaff staff, EgidaDb db, BankSearch search, CancellationToken cancellation) =>
        Answer(recordId, context, staff, db, search, [], cancellation, done, merged);

    /// <summary>Back to the record after somebody spoke about it, or what was missing.</summary>
    internal static async Task<IResult> After(
        SpokenOutcome outcome, HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, BankSearch search, FormError missing, CancellationToken cancellation) => outcome switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect($"/staff/hash-bank/{recordId}"),
            SpokenOutcome.ReasonMissing => await Answer(recordId, context, staff, db, search, [missing], cancellation),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };

    private static async Task<IResult> Answer(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, BankSearch search, IReadOnlyList<FormError> errors, CancellationToken cancellation, string? done = null, int? merged = null)
    {
        var record = await db.Set<HashRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        if (record is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var said = await SaidAbout(db, recordId, cancellation);
        var near = await LikeIt(record, search, cancellation);
        var family = await Family.Of(db, recordId, cancellation);
        var subjects = family.Select(r => r.Subject).ToList();
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(e => subjects.Contains(e.Subject));
        var history = await entries.OrderBy(e => e.Seq).Take(MostActs).ToListAsync(cancellation);
        var told = await db.Set<RecordTold>().AsNoTracking().Where(t => t.RecordId == recordId)
            .Join(db.Set<HashPartner>(), t => t.PartnerId, p => p.Id, (t, p) => new Told(p.Name, t.FirstAt, t.LastAt, t.Times)).ToListAsync(cancellation);
        var hashes = await HashesOf(db, record, cancellation);
        var merges = await MergedRecords.Of(db, family, cancellation);
        var apart = await new ToldApart(db).From(family, cancellation);
        var closed = await context.RequestServices.GetRequiredService<BlindTo>().Among([.. apart, .. near.Take(MostNear).Select(h => h.Record.Id), .. merges.SelectMany(m => new[] { m.Survivor, m.Merged })], staff, cancellation);
        var facts = new Facts(
            record, hashes, said, [.. near.Take(MostNear)], told, history, await NamesOf(db, said, history, cancellation),
            HashCount: hashes.Count < MostFurther ? hashes.Count : ItemHashes.Of(record).Count() + await db.Set<FurtherHash>().CountAsync(h => h.RecordId == recordId, cancellation),
            NearCount: near.Count,
            HistoryCount: history.Count < MostActs ? history.Count : await entries.CountAsync(cancellation))
        { Merges = merges, Apart = apart, Closed = closed, Cluster = await ShowCluster.Of(db, recordId, cancellation) };
        return Page.Of<HashRecordPage>(
            new { Facts = facts, Staff = staff, Errors = errors, Done = done, Merged = family.Skip(1).FirstOrDefault(r => r.Value == merged) is { Value: > 0 } one ? one : (HashRecordId?)null }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Each record once: by the strongest digest in common, else by the nearest look.</summary>
    private static async Task<List<BankHit>> LikeIt(HashRecord record, BankSearch search, CancellationToken cancellation)
    {
        var asked = ItemHashes.Of(record).Where(h => h.Kind != HashKind.Pdq).Select(h => new BankSearch.Asked(h.Kind, h.Value)).ToList();
        if (record.Pdq is { } pdq && HashText.ShowsSomething(pdq, record.PdqQuality)) asked.Add(new(HashKind.Pdq, pdq, Lookup.Radius));
        return asked.Count == 0 ? [] : [.. (await search.Find(asked, cancellation)).SelectMany(h => h).Where(h => h.Record.Id != record.Id).GroupBy(h => h.Record.Id)
            .Select(g => g.MinBy(h => (Answerable.IsLook(h.Kind), h.Distance, -(int)h.Kind))!)
            .OrderBy(h => Answerable.IsLook(h.Kind)).ThenBy(h => h.Distance).ThenBy(h => h.Record.Id.Value)];
    }

    /// <summary>About the record and those merged into it.</summary>
    internal static async Task<List<Said>> SaidAbout(EgidaDb db, HashRecordId recordId, CancellationToken cancellation)
    {
        var family = await Family.Of(db, recordId, cancellation);
        var said = await db.Set<Contribution>().AsNoTracking().Where(c => family.Contains(c.RecordId))
            .Join(db.Set<Statement>().AsNoTracking(), c => c.StatementId, s => s.Id, (c, s) => new { c, s })
            .Join(db.Set<HashSource>().AsNoTracking(), x => x.s.SourceId, o => o.Id, (x, o) => new { x.c, x.s, o })
            .OrderBy(x => x.s.Id).ThenBy(x => x.c.RecordId == recordId).ToListAsync(cancellation);
        var ids = said.Select(x => x.c.ClassificationId).OfType<int>().Distinct().ToList();
        var classifications = await db.Set<Classification>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        return said.ConvertAll(x => new Said(x.c, x.s, x.o, x.c.ClassificationId is { } id ? classifications[id] : null));
    }

    internal static async Task<IReadOnlyList<Hash>> HashesOf(EgidaDb db, HashRecord record, CancellationToken cancellation)
    {
        var further = await db.Set<FurtherHash>().AsNoTracking().Where(h => h.RecordId == record.Id).OrderBy(h => h.Kind).ThenBy(h => h.Ordinal).Take(MostFurther).ToListAsync(cancellation);
        return
        [
            .. ItemHashes.Of(record).Select(h => new Hash(h.Kind, HashText.TextOf(h.Kind, h.Value), h.Quality, null)),
            .. further.Select(h => new Hash(h.Kind, HashText.TextOf(h.Kind, h.Value), h.Quality, h.Name, h.Ordinal)),
        ];
    }

    /// <summary>Two persons stand for a record, a few more acted on it: all names are asked for at once.</summary>
    internal static async Task<Dictionary<StaffId, string>> NamesOf(
        EgidaDb db, IReadOnlyCollection<Said> said, IReadOnlyCollection<AuditEntry> history, CancellationToken cancellation, params IEnumerable<StaffId?> others)
    {
        var people = history.Select(e => Guid.TryParse(e.Actor.Replace("staff:", "", StringComparison.Ordinal), out var id) ? id : Guid.Empty)
            .Concat(said.Select(s => s.Statement.By?.Value ?? Guid.Empty)).Concat(others.Select(o => o?.Value ?? Guid.Empty)).Distinct().ToList();
        return await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => new StaffId(s.Id), s => s.DisplayName, cancellation);
    }
}
