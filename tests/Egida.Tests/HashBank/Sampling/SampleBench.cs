using System.Security.Cryptography;
using Egida.Evidence;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Tests.Assessment;
using Egida.Tests.Harness;
using Egida.Tests.Matching;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Sampling;

/// <summary>Confirmed records whose material, grey squares, is sealed here.</summary>
internal static class SampleBench
{
    public const string Page = ListSamples.Path;

    private static readonly ActionKind Arranging = new("test.arrange-sample");

    /// <param name="first">Who assessed first; a second person confirms.</param>
    public static async Task<IReadOnlyList<HashRecordId>> Assessed(this EgidaHost host, StaffId first, int count, int from = 1)
    {
        var (item, squares) = await host.Waiting(count);
        var records = new List<HashRecordId>();
        for (var i = 0; i < count; i++)
        {
            records.Add(await host.Assessed(first, item, squares[i], from + i));
        }

        return records;
    }

    /// <summary>Eight days later, as nobody may draw before.</summary>
    public static async Task<IReadOnlyList<SampledRecord>> Draw(this EgidaHost host, TestClient quality)
    {
        host.Clock.Advance(TimeSpan.FromDays(8));
        await quality.Submit(await quality.Get(Page), selector: "form.draw");
        return await host.Sampled();
    }

    public static Task<List<SampledRecord>> Sampled(this EgidaHost host) => host.Read(db => db.Set<SampledRecord>().AsNoTracking().OrderBy(r => r.RecordId).ToListAsync());

    public static Task<DisputeCase> CaseOf(this EgidaHost host, SampledRecord sampled) => host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.Id == sampled.CaseId));

    public static Task<SampleGroup> GroupOf(this EgidaHost host, HashRecordId record) => host.Read(db => db.Set<SampledRecord>().Where(r => r.RecordId == record)
        .Join(db.Set<SampleGroup>(), r => new { r.SampleId, Number = r.Group }, g => new { g.SampleId, g.Number }, (_, g) => g).AsNoTracking().SingleAsync());

    /// <summary>A reading of an object whose bytes a list had brought before: it adds to the record what this person says.</summary>
    public static async Task AssessedToo(this EgidaHost host, StaffId first, int number)
    {
        var (item, squares) = await host.Waiting(1);
        await host.Digests(squares[0], number);
        await host.InScope(async (IServiceProvider services) =>
        {
            var action = services.GetRequiredService<ActionBook>().Begin(Arranging, Actor.Of(first), item.Subject);
            await services.GetRequiredService<ProposeHashRecord>().Propose(action, new(first, item, squares[0], Bank.Labels, Bank.HashesOf(number)), CancellationToken.None);
            await action.Commit(CancellationToken.None);
        });
    }

    /// <summary>A file with a record's very bytes is captured; here it is noise, of which no picture comes.</summary>
    /// <param name="foundAt">When recognition began, if it is committed only now.</param>
    public static async Task<MediaFinding> CapturedAgain(this EgidaHost host, HashRecordId record, DateTime? foundAt = null)
    {
        var id = await host.OpenItem("znane.example", Station.Recognised);
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arranging, Actor.System("test"), id.Subject);
            action.Db.Add(new MediaFinding
            {
                EvidenceId = await host.Services.GetRequiredService<SealedStore>().Seal(action, id, EvidenceKind.Media, RandomNumberGenerator.GetBytes(64), "image/png", null, CancellationToken.None),
                ItemId = id,
                Number = 1,
                Verdict = MediaVerdict.KnownExact,
                Kind = MediaKind.Image,
                RecordId = record,
                Distance = 0,
                SizeBytes = 64,
                Md5 = new string('4', 32),
                Sha1 = new string('5', 40),
                Sha256 = new string('6', 64),
                Pdq = new string('7', 64),
                PdqQuality = 100,
                FoundAt = foundAt ?? action.Now,
            });
            await action.Commit(CancellationToken.None);
        });
        return (await host.Findings(id)).Single();
    }

    private static async Task<HashRecordId> Assessed(this EgidaHost host, StaffId first, ItemId item, EvidenceId square, int number)
    {
        await host.Digests(square, number);
        var record = (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(), new(first, item, square, Bank.Labels, Bank.HashesOf(number)) { Outcomes = """{"PL":"illegal"}""" }, CancellationToken.None)))!.Value;
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(2), CancellationToken.None));
        return record;
    }

    /// <summary>What is proposed has the digests of what was sealed.</summary>
    private static Task<int> Digests(this EgidaHost host, EvidenceId square, int number)
    {
        var (md5, sha1, sha256) = (Bank.HashesOf(number)[0].Value, Bank.HashesOf(number)[1].Value, Bank.HashesOf(number)[2].Value);
        return host.Read(db => db.Set<MediaFinding>().Where(f => f.EvidenceId == square)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.Md5, md5).SetProperty(f => f.Sha1, sha1).SetProperty(f => f.Sha256, sha256)));
    }
}
