using System.Diagnostics;
using System.Globalization;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Verbs;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>
/// One report goes the whole road. What people do is done over HTTP, without script; what each station claims is checked in the database, the
/// sealed files and the simulated partners' own records. One line a station; the first that doesn't hold ends the walk.
/// </summary>
internal sealed class Walk : IAsyncDisposable
{
    private readonly IHost host;
    private ItemId item;

    public Walk(DemoSettings settings, DemoStaff staff, DemoProcesses processes)
    {
        (Settings, Staff, Processes) = (settings, staff, processes);
        host = WorkVerb.Build(DemoSettings.AsArguments(settings.Application));
        Partners = new WalkPartners(settings.World.Control);
    }

    public DemoSettings Settings { get; }

    public DemoStaff Staff { get; }

    public DemoProcesses Processes { get; }

    public WalkPartners Partners { get; }

    public IServiceProvider Services => host.Services;

    /// <summary>Known once the report is filed.</summary>
    public ItemId Item
    {
        get => item;
        set => item = value;
    }

    public string Receipt { get; set; } = "";

    public async Task<bool> Go(TextWriter output, CancellationToken cancellation)
    {
        (Station Station, Func<Walk, CancellationToken, Task<string>> Step)[] steps =
        [
            (Station.Filed, WalkFiled.Step),
            (Station.Traced, WalkTraced.Step),
            (Station.Captured, WalkCaptured.Step),
            (Station.Recognised, WalkRecognised.Step),
            (Station.Assessed, WalkAssessed.Step),
            (Station.Routed, WalkRouted.Step),
            (Station.HandedOver, WalkHandedOver.Step),
            (Station.Followed, WalkFollowed.Step),
            (Station.Answered, WalkAnswered.Step),
            (Station.Proved, WalkProved.Step),
        ];
        foreach (var ((station, step), number) in steps.Select((s, i) => (s, i + 1)))
        {
            var watch = Stopwatch.StartNew();
            var label = string.Create(CultureInfo.InvariantCulture, $"{number,2} {station,-11}");
            try
            {
                var verified = await step(this, cancellation);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{label} ok  {watch.Elapsed.TotalSeconds,5:0.0} s  {verified}"));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await output.WriteLineAsync($"{label} NOT HELD: {(e is DemoFailedException ? e.Message : e.ToString())}");
                if (Processes.Died is { } died)
                {
                    await output.WriteLineAsync($"{died} had ended:\n{Processes.Tail(died)}");
                }

                return false;
            }
        }

        return true;
    }

    public async Task<TResult> Read<TResult>(Func<EgidaDb, Task<TResult>> query)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<EgidaDb>());
    }

    /// <summary>The workers take their time; after two minutes the station doesn't hold.</summary>
    public async Task<TResult> WaitFor<TResult>(string what, Func<EgidaDb, Task<TResult?>> query, CancellationToken cancellation) where TResult : class
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if (await Read(query) is { } found)
            {
                return found;
            }

            await Task.Delay(200, cancellation);
        }

        throw new DemoFailedException($"{what} didn't happen within two minutes");
    }

    public Task<RoadStop> WaitForStation(Station station, CancellationToken cancellation) =>
        WaitFor($"station {station}", db => db.Set<RoadStop>().AsNoTracking().SingleOrDefaultAsync(s => s.ItemId == Item && s.Station == station, cancellation), cancellation);

    public static void Holds(bool condition, string claim)
    {
        if (!condition)
        {
            throw new DemoFailedException($"this isn't so: {claim}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Partners.Dispose();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
