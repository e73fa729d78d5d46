using System.Security.Cryptography;
using Egida.HashBank;
using Egida.HashBank.Merging;
using Egida.HashBank.Suggestions;
using Egida.Tests.Harness;
using Egida.Tests.HashBank.Clusters;
using Egida.Tests.HashBank.Merging;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Suggestions;

/// <summary>Whatever happens to records, in whatever order it is followed, the same merges are suggested as if they were worked out from nothing.</summary>
public sealed class SuggestionModelTests
{
    [Theory, OnBothDatabases]
    public async Task Suggestions_are_always_those_of_comparing_each_record_with_each(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var random = new Random(20_261_126);
        List<HashRecordId> records = [];
        List<HashMergeId> merges = [];
        var seen = new HashSet<Resemblance>();
        var turnedDown = 0;
        for (var act = 0; act < 110; act++)
        {
            switch (records.Count < 6 ? 0 : random.Next(9))
            {
                case 0 or 1 or 2:
                    records.Add(await host.Record(act, Alike(act, random)));
                    break;
                case 3:
                    await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(Any(), Bank.Person(3), "a mistake", CancellationToken.None));
                    break;
                case 4:
                    await host.InScope((MarkCollisionProne mark) => mark.Handle(Any(), Bank.Person(3), "a grid", CancellationToken.None));
                    break;
                case 5 when await host.TryMerge(Any(), Any()) is MergeRecords.Outcome.Made made:
                    if (random.Next(3) == 0)
                    {
                        await host.InScope((SettleMerge settle) => settle.Decline(made.Merge, Bank.Person(4), "another picture", CancellationToken.None));
                        break;
                    }

                    await host.ConfirmMerge(made.Merge);
                    merges.Add(made.Merge);
                    break;
                case 6 or 7:
                    // Of those that are suggested: else two that were never asked about.
                    var suggested = (await host.KeptSuggestions()).Select(s => (new HashRecordId(s.Key), new HashRecordId(s.Value.Item1))).ToList();
                    var (one, other) = suggested.Count > 0 ? suggested[random.Next(suggested.Count)] : (Any(), Any());
                    if (one != other && await host.TellApart(one, other) == TellApart.Outcome.Done) turnedDown++;
                    break;
                default:
                    if (merges.Count > 0) await host.UndoMerge(merges[random.Next(merges.Count)]);
                    break;
            }

            // Sometimes at once, sometimes many together.
            if (random.Next(3) > 0) continue;
            await host.FollowClusters();
            var kept = await host.KeptSuggestions();
            Assert.Equal(await host.ExpectedSuggestions(), kept);
            seen.UnionWith(kept.Values.Select(s => s.Item2));
        }

        // The test can only fail if there was something to suggest and to turn down.
        Assert.Superset(new HashSet<Resemblance> { Resemblance.Md5, Resemblance.Look }, seen);
        Assert.True(turnedDown > 3);

        HashRecordId Any() => records[random.Next(records.Count)];
    }

    /// <summary>A file of its own, with an MD5 that others have, a look that is close to others', or both.</summary>
    private static List<(HashKind, string, int?)> Alike(int item, Random random)
    {
        List<(HashKind, string, int?)> hashes = [Bank.HashesOf(item)[2]];
        if (random.Next(3) == 0) hashes.Add((HashKind.Md5, Convert.ToHexStringLower(MD5.HashData([(byte)random.Next(3)])), null));
        if (random.Next(4) > 0) hashes.Add((HashKind.Pdq, Bank.Near(1000 + random.Next(3), random.Next(28)).ToString(), 100));
        return hashes;
    }
}
