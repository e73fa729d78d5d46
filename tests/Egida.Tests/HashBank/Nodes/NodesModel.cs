using Egida.HashBank;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Egida.HashBank.HashRecordState;

namespace Egida.Tests.HashBank.Nodes;

/// <summary>
/// What was acknowledged about items, while processes are killed: each goes from proposed to confirmed to withdrawn, with a dispute between or not. An act that failed
/// may have happened or not; the database says which, and then it stays so.
/// </summary>
internal sealed class NodesModel(EgidaHost host, int items)
{
    private readonly Lock gate = new();
    private readonly List<HashRecordState?>[] states = [.. Enumerable.Range(0, items).Select(_ => new List<HashRecordState?> { null })];
    private readonly HashRecordId?[] records = new HashRecordId?[items];
    private readonly bool[] isChanging = new bool[items];

    public int Acts { get; private set; }

    public int Failures { get; private set; }

    public int Confirmed => Enumerable.Range(0, items).Count(i => Last(i) == HashRecordState.Confirmed);

    public HashRecordState? Last(int item)
    {
        lock (gate) return states[item][^1];
    }

    /// <summary>Where the item is before a question.</summary>
    public int Mark(int item)
    {
        lock (gate) return states[item].Count - 1;
    }

    /// <summary>Whether an answer may be given by whoever asked when the item was at that mark.</summary>
    public async Task<string?> Contradicts(int item, int mark, bool known)
    {
        while (true)
        {
            lock (gate)
            {
                if (states[item][mark..].Any(s => (s == HashRecordState.Confirmed) == known)) return null;
                if (!isChanging[item]) return $"item {item} is {(known ? "" : "un")}known while it was {string.Join(", ", states[item][mark..].Select(s => s?.ToString() ?? "nothing"))}";
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
        lock (gate) isChanging[item] = true;
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
            if (after != before) states[item].Add(after);
            isChanging[item] = false;
        }
    }

    /// <summary>No acknowledged state is lost.</summary>
    public async Task RequireAll()
    {
        for (var item = 0; item < items; item++)
        {
            Assert.Equal(Last(item), await Found(item));
        }
    }

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
        switch (state)
        {
            case Proposed:
                records[item] = await host.Record(item);
                break;
            case HashRecordState.Confirmed:
                await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(records[item]!.Value, Bank.Person(2), CancellationToken.None));
                break;
            case Disputed:
                await host.InScope((DisputeHashRecord dispute) => dispute.Handle(records[item]!.Value, Bank.Person(3), "in doubt", CancellationToken.None));
                break;
            case Withdrawn:
                await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(records[item]!.Value, Bank.Person(3), "a mistake", CancellationToken.None));
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
                records[item] = record?.Id;
                return record?.State;
            }
            catch (Exception) when (attempt < 600)
            {
                await Task.Delay(50);
            }
        }
    }
}
