using Egida.Evidence;
using Egida.HashBank;
using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Assessment;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.HashBank.Sampling;

/// <summary>Confirmed records whose material, grey squares, is sealed here.</summary>
internal static class SampleBench
{
    public const string Page = ListSamples.Path;

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

    public static async Task<IReadOnlyList<SampledRecord>> Draw(this EgidaHost host, TestClient quality)
    {
        await quality.Submit(await quality.Get(Page), selector: "form.draw");
        return await host.Sampled();
    }

    public static Task<List<SampledRecord>> Sampled(this EgidaHost host) => host.Read(db => db.Set<SampledRecord>().AsNoTracking().OrderBy(r => r.RecordId).ToListAsync());

    public static Task<DisputeCase> CaseOf(this EgidaHost host, SampledRecord sampled) => host.Read(db => db.Set<DisputeCase>().AsNoTracking().SingleAsync(c => c.Id == sampled.CaseId));

    private static async Task<HashRecordId> Assessed(this EgidaHost host, StaffId first, ItemId item, EvidenceId square, int number)
    {
        var record = (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(), new(first, item, square, Bank.Labels, Bank.HashesOf(number)) { Outcomes = """{"PL":"illegal"}""" }, CancellationToken.None)))!.Value;
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(2), CancellationToken.None));
        return record;
    }
}
