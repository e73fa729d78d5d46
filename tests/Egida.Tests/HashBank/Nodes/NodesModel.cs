using Egida.HashBank;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Egida.HashBank.HashRecordState;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>
/// What was acknowledged about items, while processes are killed: each goes from proposed to confirmed to withdrawn, with a dispute between or not. An act that failed
/// may have happened or not; the database says which, and then it stays so. Of those that a source brought in, which are confirmed from the start, it remembers what was
/// done to them.
/// </summary>
internal sealed class NodesModel(EgidaHost host, int items, int imported)
{
    /// <summary>The number of the first item that a source brought in.</summary>
    public const int FirstImported = 1_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<int, Course> courses = [];

    public int Acts { get; private set; }

    public int Failures { get; private set; }

    public int Confirmed => Enumerable.Range(0, items).Count(i => Last(i) == HashRecordState.Confirmed);

    /// <summary>One of them: every second time one of those that were brought in.</summary>
    public int Any(Random random) => imported > 0 && random.Next(2) == 0 ? FirstImported + random.Next(imported) : random.Next(items);

    /// <summary>One that somebody has done something to: what went wrong would have gone wrong there.</summary>
    public int Touched(Random random)
    {
        lock (gate) return courses.Count == 0 ? 0 : courses.Keys.ElementAt(random.Next(courses.Count));
    }

    public HashRecordState? Last(int item)
    {
        lock (gate) return Of(item).States[^1];
    }

    /// <summary>Where the item is before a question.</summary>
    public int Mark(int item)
    {
        lock (gate) return Of(item).States.Count - 1;
    }

    /// <summary>Whether an answer may be given by whoever asked when the item was at that mark.</summary>
    public async Task<string?> Contradicts(int item, int mark, bool known)
    {
        while (true)
        {
            lock (gate)
            {
                var course = Of(item);
                if (course.States[mark..].Any(s => (s == HashRecordState.Confirmed) == known)) return null;
                if (!course.IsChanging) return $"item {item} is {(known ? "" : "un")}known while it was {string.Join(", ", course.States[mark..].Select(s => s?.ToString() ?? "nothing"))}";
            }

            // What is being committed may be seen before it is acknowledged.
            await Task.Delay(5);
        }
    }

    /// <summary>The next act on an item.</summary>
    public async Task Act(int item, int choice)
    {
        var before = Last(item);
        var after = Next(item, before, choice);
        if (after == before) return;
        lock (gate)
        {
            var course = Of(item);
            course.IsChanging = true;
            courses[item] = course;
        }

        try
        {
            await Do(item, after!.Value);
            Acts++;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Failures++;
            var found = await Found(item);
            Assert.True(found == before || found == after, $"item {item} was {before}, should become {after} and is {found}");
            after = found;
        }

        lock (gate)
        {
            if (after != before) Of(item).States.Add(after);
            Of(item).IsChanging = false;
        }
    }

    /// <summary>No acknowledged state is lost.</summary>
    public async Task RequireAll()
    {
        var random = new Random(5);
        int[] all;
        lock (gate) all = [.. Enumerable.Range(0, items), .. courses.Keys.Where(i => i >= FirstImported), .. Enumerable.Range(0, imported == 0 ? 0 : 1000).Select(_ => FirstImported + random.Next(imported))];
        foreach (var item in all)
        {
            Assert.Equal(Last(item), await Found(item));
        }
    }

    private Course Of(int item) => courses.GetValueOrDefault(item) ?? new Course { States = { item < FirstImported ? null : HashRecordState.Confirmed } };

    /// <summary>A third of them stays confirmed.</summary>
    private static HashRecordState? Next(int item, HashRecordState? now, int choice) => now switch
    {
        null => Proposed,
        Proposed => HashRecordState.Confirmed,
        HashRecordState.Confirmed when item % 3 > 0 => (choice % 6) switch { 0 => Disputed, 1 => Withdrawn, _ => now },
        Disputed => Withdrawn,
        _ => now,
    };

    private async Task Do(int item, HashRecordState state)
    {
        var record = state == Proposed ? default : await Record(item);
        switch (state)
        {
            case Proposed:
                Of(item).Record = await host.Record(item);
                break;
            case HashRecordState.Confirmed:
                await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, Bank.Person(2), CancellationToken.None));
                break;
            case Disputed:
                await host.InScope((DisputeHashRecord dispute) => dispute.Handle(record, Bank.Person(3), "in doubt", CancellationToken.None));
                break;
            case Withdrawn:
                await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(3), "a mistake", CancellationToken.None));
                break;
        }
    }

    /// <summary>What the database says, as soon as there is one.</summary>
    private async Task<HashRecordState?> Found(int item)
    {
        var sha256 = Convert.FromHexString(Bank.HashesOf(item)[2].Value);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var record = await host.Read(db => db.Set<HashRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Sha256 == sha256));
                Of(item).Record = record?.Id;
                return record?.State;
            }
            catch (Exception) when (attempt < 600)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task<HashRecordId> Record(int item)
    {
        if (Of(item).Record is null) await Found(item);
        return Of(item).Record!.Value;
    }

    private sealed class Course
    {
        public List<HashRecordState?> States { get; } = [];

        public HashRecordId? Record { get; set; }

        public bool IsChanging { get; set; }
    }
}
