using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>A primary with a standby, two look-up nodes, and kill -9 for all of them: nothing that was acknowledged is lost, and no answer contradicts what was acknowledged.</summary>
/// <remarks><c>./egida simulate bank</c> runs the same at length, among as many records as are asked for, whose import is killed too.</remarks>
public sealed class ManyProcessesTests
{
    private const int Items = 60;

    private static readonly int s_imported = Setting("EGIDA_SIMULATE_RECORDS", 0);
    private static readonly int s_rounds = Setting("EGIDA_SIMULATE_ROUNDS", 2);

    [Fact]
    public async Task Whatever_process_is_killed_no_confirmed_record_is_lost_and_none_that_was_withdrawn_is_answered()
    {
        await using var pair = await PostgresPair.Start(synchronous: true);
        await using var host = await EgidaHost.Start(DatabaseKind.Postgres, new Dictionary<string, string> { ["Database:ConnectionString"] = pair.ToPrimary });
        var key = await Asker.Admit(host);
        await BankOfRecords.Import(host, s_imported);
        using var one = new LookupProcess(host, "one", key, readFrom: null);
        using var two = new LookupProcess(host, "two", key, pair.ToStandby);
        await Task.WhenAll(one.Start(), two.Start());
        await Task.WhenAll(one.Asker.Ready(), two.Asker.Ready());
        await A_new_record_is_answered_everywhere_at_once(host, one, two, 900);

        var model = new NodesModel(host, Items, s_imported);
        var wrong = new ConcurrentBag<string>();
        using var done = new CancellationTokenSource();
        var askers = new[] { one, two }.Select((node, n) => Task.Run(() => Ask(node, model, new Random(n), wrong, done.Token))).ToList();
        var acting = Task.Run(() => Act(model, new Random(7), done.Token));
        await Kill(pair, one, two, s_rounds);
        await Task.WhenAll(one.Asker.Ready(), two.Asker.Ready());
        await done.CancelAsync();
        await acting;
        var asked = (await Task.WhenAll(askers)).Sum();
        Simulation.Say($"{model.Acts} acts, of which {model.Failures} failed, {asked} answers, {wrong.Count} of them wrong");

        Assert.Empty(wrong);
        Assert.True(model is { Acts: > 50, Confirmed: > 5 } && asked > 50, $"{model.Acts} acts, {model.Failures} failed, {model.Confirmed} confirmed, {asked} answers");
        await model.RequireAll();

        Simulation.Say("the primary is lost with its disk");
        await pair.LosePrimary();
        await pair.Promote();
        await model.RequireAll();
        await Task.WhenAll(one.Asker.Ready(), two.Asker.Ready());
        for (var item = 0; item < Items; item++)
        {
            var known = model.Last(item) == Egida.HashBank.HashRecordState.Confirmed;
            Assert.Equal(known ? "known" : "unknown", await Answer(one, item));
            Assert.Equal(known ? "known" : "unknown", await Answer(two, item));
        }

        await A_new_record_is_answered_everywhere_at_once(host, one, two, 901);
        Simulation.Say("nothing was lost");
    }

    private static async Task A_new_record_is_answered_everywhere_at_once(EgidaHost host, LookupProcess one, LookupProcess two, int item)
    {
        Assert.Equal("unknown", await Answer(one, item));
        Assert.Equal("unknown", await Answer(two, item));
        await host.Known(item);
        var since = Stopwatch.StartNew();
        Assert.Equal("known", await Answer(one, item));
        Assert.Equal("known", await Answer(two, item));
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"{since.Elapsed}");
    }

    private static async Task<string> Answer(LookupProcess node, int item)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await node.Asker.Says(item) is not "no answer" and var said) return said;
            await Task.Delay(50);
        }

        throw new TimeoutException($"No answer. {node.Said}");
    }

    private static async Task Act(NodesModel model, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await model.Act(model.Any(random), random.Next(1000));
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static async Task<int> Ask(LookupProcess node, NodesModel model, Random random, ConcurrentBag<string> wrong, CancellationToken end)
    {
        var answers = 0;
        while (!end.IsCancellationRequested)
        {
            int[] items = [random.Next(Items), model.Any(random), model.Touched(random)];
            var marks = items.Select(model.Mark).ToArray();
            if (await node.Asker.AreKnown(items) is not { } known)
            {
                await Task.Delay(50, CancellationToken.None);
                continue;
            }

            answers++;
            for (var i = 0; i < items.Length; i++)
            {
                if (await model.Contradicts(items[i], marks[i], known[i]) is { } said) wrong.Add(said);
            }
        }

        return answers;
    }

    /// <summary>In every round each of them once, in any order.</summary>
    private static async Task Kill(PostgresPair pair, LookupProcess one, LookupProcess two, int rounds)
    {
        var random = new Random(20_261_126);
        for (var round = 0; round < rounds; round++)
        {
            Simulation.Say($"round {round + 1} of {rounds}: each process is killed once");
            foreach (var chosen in Enumerable.Range(0, 3).OrderBy(_ => random.Next()).ToList())
            {
                await Task.Delay(random.Next(300, 1200));
                if (chosen == 2)
                {
                    pair.KillPrimary();
                    await pair.StartPrimary();
                    continue;
                }

                var node = chosen == 0 ? one : two;
                node.Kill();
                await node.Again();
                await node.Asker.Ready();
            }
        }
    }

    private static int Setting(string name, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{otherwise}", CultureInfo.InvariantCulture);
}
