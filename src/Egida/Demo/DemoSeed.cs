using System.Security.Cryptography;
using Egida.Access;
using Egida.Assessment;
using Egida.Intake;
using Egida.Intake.Form;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Egida.Platform.Work;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Demo;

/// <summary>
/// Two weeks in the life of a hotline, in a minute: harmless reports of simulated pages go through the real use cases, the real workers and the
/// real capture process, only the clock is set. Items stop at different stations, so that every state can be seen.
/// </summary>
internal sealed class DemoSeed : IAsyncDisposable
{
    private const int Days = 12;
    private const int ItemsADay = 3;
    private static readonly int[] ReportsOfItem = [9, 4, 2, 7, 3, 6, 5];

    private readonly DemoSettings settings;
    private readonly IHost host;
    private readonly DemoClock clock;
    private readonly HashSet<string> reported = [];
    private int items;

    public DemoSeed(DemoSettings settings)
    {
        this.settings = settings;
        clock = new DemoClock(TimeProvider.System.GetUtcNow().AddDays(-Days - 1));
        host = WorkVerb.Build(DemoSettings.AsArguments(settings.Application), builder => builder.Services.AddSingleton<TimeProvider>(clock));
    }

    public async Task Fill(DemoStaff staff, CancellationToken cancellation)
    {
        await DemoKnown.Fill(host.Services, settings.World.KnownPictures, staff.Of(Role.Analyst), staff.Of(Role.Quality), cancellation);
        await DemoPolice.Fill(host.Services, settings.World.PoliceCertificate, staff.Of(Role.PoliceLiaison), staff.Of(Role.SeniorAnalyst), cancellation);
        var pages = settings.World.DemoPages;
        for (var day = 0; day < Days; day++)
        {
            var morning = TimeProvider.System.GetUtcNow().AddDays(day - Days).Date.AddHours(7 + (day % 3));
            clock.Set(new DateTimeOffset(DateTime.SpecifyKind(morning, DateTimeKind.Utc)));
            for (var n = 0; n < ItemsADay; n++)
            {
                await File(pages[(items * 5) % pages.Count].Url, ReportsOfItem[items % ReportsOfItem.Length], cancellation);
                items++;
            }

            await RunWork(cancellation);
            await ActAsStaff(staff, day, cancellation);
            await RunWork(cancellation);
        }

        await new DemoStates(this, staff).Fill(cancellation);
        clock.Set(TimeProvider.System.GetUtcNow());
        await ClaimOne(staff.Of(Role.SeniorAnalyst), cancellation);
    }

    public OutsideWorld World => settings.World;

    public IServiceProvider Services => host.Services;

    /// <summary>A page that wasn't reported yet.</summary>
    public string FreshPage(string country) => World.DemoPages.First(p => p.Country == country && !reported.Contains(p.Url)).Url;

    /// <summary>Somebody is at work on an item right now.</summary>
    private async Task ClaimOne(CurrentStaff reader, CancellationToken cancellation)
    {
        foreach (var item in await Waiting(cancellation))
        {
            if (await Claim(item, reader, cancellation))
            {
                return;
            }
        }
    }

    public Task<List<ItemId>> Waiting(CancellationToken cancellation) =>
        Read(db => db.Set<QueueEntry>().Where(q => q.DoneAt == null).OrderBy(q => q.ItemId).Select(q => q.ItemId).ToListAsync(cancellation));

    /// <summary>As a form would: one report each time, in Polish, English and Ukrainian in turn.</summary>
    public async Task File(string address, int times, CancellationToken cancellation)
    {
        reported.Add(address);
        for (var n = 0; n < times; n++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var form = new FileReport.Form(address, (ReportedConcern)((items + n) % 5), "", ((string[])["pl", "pl", "en", "uk"])[n % 4], Doubt: null);
            await scope.ServiceProvider.GetRequiredService<FileReport>().Handle(form, new FormNonce(RandomNumberGenerator.GetBytes(32), clock.GetUtcNow().UtcDateTime), cancellation);
            clock.Advance(TimeSpan.FromMinutes(4));
        }
    }

    /// <summary>The days differ in how far the analysts got: the last ones are still in the queue.</summary>
    private async Task ActAsStaff(DemoStaff staff, int day, CancellationToken cancellation)
    {
        foreach (var (item, index) in (await Waiting(cancellation)).Select((w, i) => (w, i)))
        {
            clock.Advance(TimeSpan.FromMinutes(17));
            var illegal = (day + index) % 4 != 3;
            if (day >= Days - 2)
            {
                continue;
            }

            await Assess(item, staff.Of(Role.Analyst), illegal, cancellation);
            if (day == Days - 3)
            {
                continue;
            }

            clock.Advance(TimeSpan.FromMinutes(35));
            var differs = day == Days - 4 && index == 0;
            await Assess(item, staff.Of(Role.SeniorAnalyst), illegal != differs, cancellation);
        }
    }

    private async Task<bool> Claim(ItemId item, CurrentStaff reader, CancellationToken cancellation)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        return await ClaimItem.Handle(
            item, reader, services.GetRequiredService<EgidaDb>(), services.GetRequiredService<ActionBook>(),
            services.GetRequiredService<IOptions<TriageOptions>>(), cancellation) is not ClaimItem.Outcome.Refused;
    }

    /// <summary>Claims it, looks at what must be looked at (blurred), and decides.</summary>
    public async Task Assess(ItemId item, CurrentStaff reader, bool illegal, CancellationToken cancellation)
    {
        if (!await Claim(item, reader, cancellation))
        {
            return;
        }

        clock.Advance(TimeSpan.FromMinutes(6));
        var findings = await Read(db => db.Set<MediaFinding>().Where(f => f.ItemId == item).ToListAsync(cancellation));
        foreach (var finding in findings.Where(AssessItem.MustBeRead))
        {
            await using var looking = host.Services.CreateAsyncScope();
            await looking.ServiceProvider.GetRequiredService<ShowMaterial>().Show(item, finding.EvidenceId, reader, Wellbeing.ExposureKind.Blurred, cancellation);
        }

        var labels = Labels(illegal);
        var media = findings.Where(AssessItem.MustBeRead).ToDictionary(f => f.EvidenceId, _ => labels);
        var page = new LabelSet(new Dictionary<string, IReadOnlyList<string>> { ["page"] = [findings.Count > 0 ? "shows-media" : "nothing-found"] });
        await using var recording = host.Services.CreateAsyncScope();
        await recording.ServiceProvider.GetRequiredService<RecordAssessment>().Handle(item, reader, new RecordAssessment.Input(page, media), cancellation);
    }

    private static LabelSet Labels(bool illegal) => new(new Dictionary<string, IReadOnlyList<string>>
    {
        ["content"] = [illegal ? "rank-2" : "none"],
        ["reality"] = [illegal ? "real" : "no-person"],
        ["age"] = [illegal ? "pubescent" : "not-determined"],
    });

    /// <summary>Until nothing is due within three hours of the seed's time. The capture process works in real time: it is waited for.</summary>
    public async Task RunWork(CancellationToken cancellation)
    {
        var runner = host.Services.GetRequiredService<WorkRunner>();
        var until = clock.GetUtcNow() + TimeSpan.FromHours(3);
        while (true)
        {
            if (await runner.RunNext(cancellation))
            {
                continue;
            }

            var next = await Read(db => db.Set<WorkItem>().Where(w => w.DoneAt == null && w.ParkedAt == null).MinAsync(w => (DateTime?)w.DueAt, cancellation));
            if (next is null || next > until.UtcDateTime)
            {
                return;
            }

            // At most a second at a time while a capture may be under way, so that its patience isn't used up by the clock alone.
            var pause = next.Value - clock.GetUtcNow().UtcDateTime;
            clock.Advance(pause > TimeSpan.Zero ? pause : TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(40), cancellation);
        }
    }

    public async Task<TResult> Read<TResult>(Func<EgidaDb, Task<TResult>> query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<EgidaDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
