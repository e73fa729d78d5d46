using System.Collections.Concurrent;
using System.Diagnostics;
using Egida.HashBank;
using Egida.HashBank.Index;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using static Egida.HashBank.HashRecordState;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>Records are proposed, confirmed, disputed and withdrawn at random while others ask, and the index is closed, killed and opened in between: a model knows every answer.</summary>
public sealed class BankModelTests
{
    private const int Items = 12;
    private const int Acts = 60;

    [Theory, OnBothDatabases]
    public async Task Every_answer_is_one_that_was_true_while_it_was_given(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var model = Enumerable.Range(0, Items).Select(i => new Item(i)).ToList();
        var random = new Random(20_261_126);
        var wrong = new ConcurrentBag<string>();
        var folder = Path.Combine(host.Folder, "own");

        for (var life = 0; life < 4; life++)
        {
            using var index = Open(folder);
            using var done = new CancellationTokenSource();
            var askers = Enumerable.Range(0, 2).Select(n => Task.Run(() => Ask(host, index, model, new Random(life * 10 + n), wrong, done.Token))).ToList();
            for (var act = 0; act < Acts; act++)
            {
                await Act(host, model[random.Next(Items)], random.Next(5), random.Next(1, 5));
            }

            await done.CancelAsync();
            Assert.All(await Task.WhenAll(askers), asked => Assert.True(asked > 0));
            if (life % 2 == 1)
            {
                // As after kill -9: the files as they were while it was open.
                folder = Copy(folder, $"{folder}-{life}");
            }
        }

        Assert.Empty(wrong);
        using var last = Open(folder);
        foreach (var item in model)
        {
            Assert.Equal(item.States[^1] == Confirmed, await IsKnown(host, last, item.Number, 2, 0));
        }
    }

    /// <summary>One person does something about one item, and the model does the same.</summary>
    private static async Task Act(EgidaHost host, Item item, int act, int person)
    {
        var by = Bank.Person(person);
        item.IsChanging = true;
        switch (act)
        {
            case 0 or 1 when item.States[^1] is null or Withdrawn:
                item.Id = await host.InScope((IServiceProvider services) => Propose(services, item.Number, by));
                item.Now(Proposed, [person], objector: null);
                break;
            case 2 or 3 or 1 when item.Id is { } id:
                await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(id, by, CancellationToken.None));
                if (item.States[^1] is Proposed or Disputed && item.Objector != person && item.Standing.Add(person))
                {
                    item.Now(item.Standing.Count > 1 ? Confirmed : item.States[^1]!.Value, item.Standing, item.Objector);
                }

                break;
            case 4 when item.Id is { } id && person % 2 == 0:
                await host.InScope((DisputeHashRecord dispute) => dispute.Handle(id, by, "in doubt", CancellationToken.None));
                if (item.States[^1] is Proposed or Confirmed)
                {
                    item.Now(Disputed, [], person);
                }

                break;
            case 4 when item.Id is { } id:
                await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(id, by, "a mistake", CancellationToken.None));
                item.Now(Withdrawn, [], objector: null);
                break;
        }

        item.IsChanging = false;
        if (item.Id is { } record)
        {
            Assert.Equal(item.States[^1], (await host.Get(record)).State);
        }
    }

    private static async Task<HashRecordId?> Propose(IServiceProvider services, int item, Egida.Platform.Actions.StaffId by) =>
        await ((ProposeHashRecord)services.GetService(typeof(ProposeHashRecord))!).Handle(
            (Egida.Platform.Actions.ActionBook)services.GetService(typeof(Egida.Platform.Actions.ActionBook))!, new(by, null, null, Bank.Labels, Bank.HashesOf(item)), CancellationToken.None);

    private static async Task<int> Ask(EgidaHost host, BankIndex index, List<Item> model, Random random, ConcurrentBag<string> wrong, CancellationToken end)
    {
        var asked = 0;
        while (!end.IsCancellationRequested || asked == 0)
        {
            var item = random.Next(Items + 2);
            var (kind, bits) = (random.Next(4), random.Next(32));
            var from = item < Items ? model[item].States.Count - 1 : 0;
            var known = await IsKnown(host, index, item, kind, bits);
            asked++;
            if (item >= Items)
            {
                if (known) wrong.Add($"the stranger {item} is known");
                continue;
            }

            // What was committed while the question was under way may or may not have been seen.
            while (model[item].IsChanging)
            {
                await Task.Delay(1, CancellationToken.None);
            }

            var possible = model[item].States.ToArray()[from..];
            if (!possible.Any(state => (state == Confirmed) == known))
            {
                wrong.Add($"item {item} by hash {kind}: known is {known} while it was {string.Join(", ", possible)}");
            }
        }

        return asked;
    }

    private static Task<bool> IsKnown(EgidaHost host, BankIndex index, int item, int kind, int bits) => host.InScope(async (EgidaDb db) =>
    {
        var hashes = Bank.HashesOf(item);
        var asked = kind < 3
            ? new BankSearch.Asked(hashes[kind].Kind, Convert.FromHexString(hashes[kind].Value))
            : new BankSearch.Asked(HashKind.Pdq, Bank.Near(item, bits).ToByteArray(), Lookup.Radius);
        return Answerable.Among([.. (await new BankSearch(db, index).Find([asked], CancellationToken.None))[0]]).Any();
    });

    private static BankIndex Open(string folder) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder, ["HashBank:FlushAfter"] = "9", ["HashBank:Memtable"] = "16" }).Build(),
        NullLogger<BankIndex>.Instance);

    /// <summary>Until nothing was merged while it was copied: then it is what a crash would have left.</summary>
    private static string Copy(string from, string to)
    {
        for (var attempt = 0; ; attempt++)
        {
            var image = $"{to}-{attempt}";
            var before = Listing(from);
            // Our own File.Copy would respect the locks that a crash doesn't leave.
            using var copy = Process.Start("cp", ["-a", from, image]);
            copy.WaitForExit();
            if (copy.ExitCode == 0 && before.SequenceEqual(Listing(from))) return image;
        }
    }

    private static SortedDictionary<string, long> Listing(string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => f, f => new FileInfo(f).Length), StringComparer.Ordinal);

    private sealed class Item(int number)
    {
        public int Number => number;

        public HashRecordId? Id { get; set; }

        public volatile bool IsChanging;

        public ConcurrentList States { get; } = new();

        public HashSet<int> Standing { get; private set; } = [];

        public int? Objector { get; private set; }

        public void Now(HashRecordState state, IEnumerable<int> standing, int? objector)
        {
            (Standing, Objector) = ([.. standing], objector);
            States.Add(state);
        }
    }

    /// <summary>Every state that the item was in; read while it grows.</summary>
    private sealed class ConcurrentList
    {
        private readonly List<HashRecordState?> states = [null];

        public int Count
        {
            get
            {
                lock (states) return states.Count;
            }
        }

        public HashRecordState? this[Index at]
        {
            get
            {
                lock (states) return states[at];
            }
        }

        public void Add(HashRecordState state)
        {
            lock (states) states.Add(state);
        }

        public HashRecordState?[] ToArray()
        {
            lock (states) return [.. states];
        }
    }
}
